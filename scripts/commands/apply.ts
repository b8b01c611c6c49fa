import type { Command } from 'commander';
import { columnWarnings } from '../models/column-warnings.ts';
import { maintain } from '../models/maintain.ts';
import { answering, print } from '../models/output.ts';
import { loadPolicyFile, savePolicy } from '../models/policies.ts';
import { readTime } from '../models/read-time.ts';
import { inSession, whoAmI } from '../models/session.ts';

interface Options {
  readonly json?: true;
  readonly replay?: true;
  readonly asOf?: string;
}

export function applyCommand(): Command {
  return answering(
    'apply',
    'Maintain a model by its policy, or change how. Safe to repeat.',
    'anchorwatch apply examples/bike-watch/anchorwatch.yaml --replay',
  )
    .argument('<file>', 'the policy')
    .option('--replay', 'time comes with the data: nothing happens by the clock of the wall')
    .option('--as-of <time>', 'where the clock of a replay stands at first')
    .action(async (file: string, options: Options) => {
      const read = loadPolicyFile(file);
      for (const warning of [...read.warnings, ...(await columnWarnings(read))]) console.error(`warning: ${warning}`);
      const answer = await inSession(async (session) => {
        const applied = await savePolicy(session.ports, read);
        return maintain(session, read.policy, applied, {
          who: whoAmI(),
          clock: options.replay ? 'replay' : 'live',
          ...(options.asOf === undefined ? {} : { asOf: readTime(options.asOf) }),
        });
      });
      const { model, mode, watch } = read.policy;
      const next = options.replay
        ? `Look at it as of a time: anchorwatch check ${model} --as-of <time>`
        : `Checked by schedule: ${watch.schedule} (UTC).`;
      print(options, { model, ...answer }, `${model} is maintained in mode ${mode}. ${answer.awaited}\n${next}`);
    });
}
