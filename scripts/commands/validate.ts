import type { Command } from 'commander';
import { leafCount, mostLeaves, mostSlices, slicesOf } from '../../domain/grid/slices-of.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { columnWarnings } from '../models/column-warnings.ts';
import { answering, print } from '../models/output.ts';
import { loadPolicyFile } from '../models/policies.ts';

export function validateCommand(): Command {
  return answering(
    'validate',
    'Check a policy file: all that is wrong with it at once, each with its place and remedy.',
    'anchorwatch validate anchorwatch.yaml',
  )
    .argument('<file>', 'the policy')
    .action(async (file: string, options: { json?: true }) => {
      const read = loadPolicyFile(file);
      const { policy } = read;
      const warnings = [...read.warnings, ...(await columnWarnings(read))];
      const text = [
        `${file}: ${policy.model} is valid (mode ${policy.mode}).`,
        ...saySegments(policy),
        ...warnings.map((warning) => `warning: ${warning}`),
      ].join('\n');
      print(options, { policy, warnings }, text);
    });
}

function saySegments({ segments }: Policy): string[] {
  if (segments.length === 0) return [];
  const slices = slicesOf(segments);
  return [
    `Segments: ${slices.length} of at most ${mostSlices} slices, ${leafCount(segments)} of at most ${mostLeaves} leaves: ${slices.map(({ name }) => name).join(', ')}.`,
  ];
}
