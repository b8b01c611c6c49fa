import { describe, expect, it } from 'vitest';
import { commands } from '../../scripts/commands/index.ts';

describe.each(commands)('anchorwatch $name', ({ name, load }) => {
  it('given its help, when it is read, then it says what it does, shows an example of itself, and offers JSON', async () => {
    const command = await load();
    let help = '';
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    command.outputHelp();
    expect(command.name()).toBe(name);
    expect(command.description().length).toBeGreaterThan(20);
    expect(help).toMatch(new RegExp(`\\nExample:\\n {2}anchorwatch ${name}\\b`));
    expect(help).toContain('--json');
  });
});
