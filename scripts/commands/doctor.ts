import { Command } from 'commander';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';

const marks = { well: '✓', ill: '✗', idle: '–' } as const;

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Check every part and say how to mend it. Exit code 1 when something is ill; what is merely not started is not.')
    .option('--json', 'the findings as JSON')
    .addHelpText('after', '\nExample:\n  anchorwatch doctor\n  anchorwatch doctor --json | jq \'.findings[] | select(.state == "ill")\'')
    .action(async (options: { json?: true }) => {
      const findings = await examine({ cwd: process.cwd(), env: process.env });
      console.log(options.json ? JSON.stringify({ schemaVersion: 1, findings }, undefined, 2) : findings.map(told).join('\n'));
      process.exitCode = findings.some(({ state }) => state === 'ill') ? 1 : 0;
    });
}

function told({ part, state, says, remedy }: Finding): string {
  return `${marks[state]} ${part.padEnd(15)}${says}${remedy ? `\n${' '.repeat(17)}→ ${remedy}` : ''}`;
}
