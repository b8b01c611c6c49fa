import { WorkflowIdReusePolicy } from '@temporalio/client';
import type { Command } from 'commander';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Outcome } from '../../domain/identity/outcome.ts';
import { checkId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import { type CheckReport, checkDrift } from '../../workflows/check-drift.ts';
import { modelTime, requireStatus } from '../models/entity.ts';
import { answering, print } from '../models/output.ts';
import { readTime } from '../models/read-time.ts';
import { inSession, readModelName, type Session } from '../models/session.ts';

const exitCodes: Readonly<Record<Outcome, number>> = { pass: 0, fail: 100, inconclusive: 1 };

export function checkCommand(): Command {
  return answering(
    'check',
    'Look at a model now, or as of a time. Exit code 0: steady, 100: alarm, 1: inconclusive.',
    'anchorwatch check bike-watch --as-of 2011-05-29',
  )
    .argument('<model>')
    .option('--as-of <time>', 'look as it would have been seen then')
    .action(async (name: string, options: { json?: true; asOf?: string }) => {
      const model = readModelName(name);
      const report = await inSession((session) => checkNow(session, model, options.asOf));
      print(
        options,
        report,
        [`${model} as of ${report.asOf}: ${verdicts[report.outcome]}`, ...report.says.map((line) => `  ${line}`)].join('\n'),
      );
      process.exitCode = exitCodes[report.outcome];
    });
}

const verdicts: Readonly<Record<Outcome, string>> = { pass: 'steady', fail: 'ALARM', inconclusive: 'inconclusive' };

/** Runs under the id its slot would have had, so that one time is looked at once at a time. */
async function checkNow(session: Session, model: ModelName, given: string | undefined): Promise<CheckReport> {
  const { client, place } = session;
  await requireStatus(session, model);
  const asOf = given === undefined ? await modelTime(session, model) : readTime(given);
  return client.workflow.execute(checkDrift, {
    workflowId: `${checkId(place.installation, model)}-${asOf.replace(/\.\d+Z$/, 'Z')}`,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: 'USE_EXISTING',
    taskQueue: taskQueue(place.installation, 'control'),
    args: [model, place, asOf],
    staticSummary: `check ${model} as of ${asOf}`,
  });
}
