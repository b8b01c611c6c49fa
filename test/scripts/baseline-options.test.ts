import { Command } from 'commander';
import { expect, it } from 'vitest';
import { baselineCommand } from '../../scripts/commands/baseline.ts';

it.each([
  ['diff', ['bike-demand', 'abc', '--json'], { json: true }],
  ['regrid', ['bike-demand', '--reason', 'cents', '--json'], { json: true, reason: 'cents' }],
] as const)('given the options of baseline %s, when they follow its name, then they are its own', async (name, words, options) => {
  const baseline = baselineCommand();
  const own = baseline.commands.find((command) => command.name() === name) as Command;
  let given: object | undefined;
  own.action(() => {
    given = own.opts();
  });
  await new Command('anchorwatch')
    .enablePositionalOptions()
    .addCommand(baseline)
    .parseAsync(['node', 'anchorwatch', 'baseline', name, ...words]);
  expect(given).toEqual(options);
  expect(baseline.opts()).toEqual({});
});
