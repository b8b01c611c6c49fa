#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { rootsOf } from '../worker/roots.ts';
import { type CommandEntry, commands } from './commands/index.ts';
import { endWhenOutputIsLost } from './models/lost-output.ts';

/** Ended as designed · this program, its input or a server failed · a gate or a check said no. */
export const exitCodes = { fine: 0, fault: 1, refused: 100 } as const;

const { packageRoot } = rootsOf(process.cwd(), process.env);
const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };

endWhenOutputIsLost(exitCodes.fault);

try {
  await (await programFor(askedFor(process.argv.slice(2)))).parseAsync();
} catch (fault) {
  const verbose = process.argv.includes('--verbose');
  console.error(verbose ? fault : `${(fault as Error).message}\n(--verbose shows where in the program this came from)`);
  process.exitCode = exitCodes.fault;
}

/** `help apply` asks for `apply` too. */
function askedFor(words: readonly string[]): string | undefined {
  return words[0] === 'help' ? words[1] : words[0];
}

/** Only the command that was asked for is loaded, so that help is quick and a fault in one command harms no other. */
async function programFor(asked: string | undefined): Promise<Command> {
  const program = new Command('anchorwatch')
    .description('Keeps production models healthy: watches them, retrains, judges, rolls out and rolls back.')
    .version(version)
    .enablePositionalOptions()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText(
      'after',
      '\nExample:\n  anchorwatch up\n  anchorwatch status --help\n\nExit codes: 0 fine, 1 a fault, 100 a gate or a check said no.',
    );
  const loaded = await Promise.all(commands.map((entry) => (entry.name === asked ? entry.load() : nameOnly(entry))));
  for (const command of loaded) {
    for (const each of [command, ...command.commands]) each.option('--verbose', 'show where in the program a fault came from');
    program.addCommand(command.showHelpAfterError(`How it is written: anchorwatch ${command.name()} --help`));
  }
  return program;
}

function nameOnly({ name, summary }: CommandEntry): Command {
  return new Command(name).description(summary);
}
