import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { BaselineOverride } from '../../domain/baseline/baseline.ts';
import type { Outcome } from '../../domain/identity/outcome.ts';
import { childId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import { startOfDay } from '../../domain/ledger/start-of-day.ts';
import { snapshotBaseline } from '../../workflows/snapshot-baseline.ts';
import { modelTime, requireStatus } from '../models/entity.ts';
import { answering, print } from '../models/output.ts';
import { readTime } from '../models/read-time.ts';
import { inSession, readModelName, whoAmI } from '../models/session.ts';
import { baselineDiffCommand } from './baseline-diff.ts';
import { baselineRegridCommand } from './baseline-regrid.ts';

interface Options {
  readonly json?: true;
  readonly anyway?: true;
  readonly reason?: string;
  readonly since?: string;
}

export function baselineCommand(): Command {
  return answering(
    'baseline',
    'Take the baseline of a model anew, by the policy in force. Days that are not steady are refused. Exit codes: 100 refused, 1 too little to take one from.',
    'anchorwatch baseline bike-watch --anyway --reason "spring is like that every year"',
  )
    .argument('<model>')
    .option('--anyway', 'take the first days of production whether they are steady or not')
    .option('--reason <text>', 'why, for the record; with --anyway')
    .option(
      '--since <day>',
      'of days from this one on: after a new version was put into service elsewhere, or the world has changed for good',
    )
    .action(async (name: string, options: Options) => {
      const model = readModelName(name);
      const anyway = overrideOf(options);
      const since = options.since === undefined ? {} : { since: startOfDay(readTime(options.since)) };
      const report = await inSession(async (session) => {
        const { state } = await requireStatus(session, model);
        const asOf = await modelTime(session, model);
        const version = state.champion === undefined ? {} : { version: state.champion };
        return session.client.workflow.execute(snapshotBaseline, {
          workflowId: childId(session.place.installation, 'baseline', model),
          taskQueue: taskQueue(session.place.installation, 'control'),
          args: [
            { by: `asked-${randomUUID()}`, model, policy: state.policy, asOf, ...version, ...since, ...(anyway && { anyway }) },
            session.place,
          ],
          staticSummary: `baseline of ${model}`,
        });
      });
      print(options, report, report.says);
      process.exitCode = exitCodes[report.outcome];
    })
    .enablePositionalOptions()
    .addCommand(baselineDiffCommand())
    .addCommand(baselineRegridCommand());
}

const exitCodes: Readonly<Record<Outcome, number>> = { pass: 0, fail: 100, inconclusive: 1 };

/** @throws Error unless both or neither are given */
function overrideOf({ anyway, reason }: Options): BaselineOverride | undefined {
  if (anyway === undefined && reason === undefined) return undefined;
  if (anyway && reason) return { who: whoAmI(), reason };
  throw new Error('Days that are not steady are taken with both, for the record: --anyway --reason "…"');
}
