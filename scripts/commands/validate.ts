import type { Command } from 'commander';
import { answering, print } from '../models/output.ts';
import { loadPolicyFile } from '../models/policies.ts';

export function validateCommand(): Command {
  return answering(
    'validate',
    'Check a policy file: all that is wrong with it at once, each with its place and remedy.',
    'anchorwatch validate anchorwatch.yaml',
  )
    .argument('<file>', 'the policy')
    .action((file: string, options: { json?: true }) => {
      const { policy, warnings } = loadPolicyFile(file);
      const text = [`${file}: ${policy.model} is valid (mode ${policy.mode}).`, ...warnings.map((warning) => `warning: ${warning}`)].join(
        '\n',
      );
      print(options, { policy, warnings }, text);
    });
}
