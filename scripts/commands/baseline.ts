import type { Command } from 'commander';
import { childId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import { snapshotBaseline } from '../../workflows/snapshot-baseline.ts';
import { modelTime, requireStatus } from '../models/entity.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName } from '../models/session.ts';

export function baselineCommand(): Command {
  return answering('baseline', 'Take the baseline of a model anew, by the policy in force.', 'anchorwatch baseline bike-watch')
    .argument('<model>')
    .action(async (name: string, options: { json?: true }) => {
      const model = readModelName(name);
      const report = await inSession(async (session) => {
        const { state } = await requireStatus(session, model);
        const asOf = await modelTime(session, model);
        const version = state.champion === undefined ? {} : { version: state.champion };
        return session.client.workflow.execute(snapshotBaseline, {
          workflowId: childId(session.place.installation, 'baseline', model),
          taskQueue: taskQueue(session.place.installation, 'control'),
          args: [{ by: `asked-${asOf}`, model, policy: state.policy, asOf, ...version }, session.place],
          staticSummary: `baseline of ${model}`,
        });
      });
      print(options, report, report.says);
      process.exitCode = report.outcome === 'pass' ? 0 : 1;
    });
}
