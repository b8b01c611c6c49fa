import { WorkflowIdReusePolicy } from '@temporalio/client';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Outcome } from '../../domain/identity/outcome.ts';
import { checkId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import { type CheckReport, checkDrift } from '../../workflows/check-drift.ts';
import { modelTime, requireStatus } from './entity.ts';
import { print } from './output.ts';
import { readTime } from './read-time.ts';
import { inSession, readModelName, type Session } from './session.ts';

/** One look at a model, run by the engine as its Schedule would. */
export async function checkModel(name: string, options: { json?: true; asOf?: string }): Promise<Outcome> {
  const model = readModelName(name);
  const report = await inSession((session) => checkNow(session, model, options.asOf));
  print(
    options,
    report,
    [`${model} as of ${report.asOf}: ${verdicts[report.outcome]}${saySeverity(report)}`, ...report.says.map((line) => `  ${line}`)].join(
      '\n',
    ),
  );
  return report.outcome;
}

/** Green goes without saying. */
function saySeverity({ severity }: CheckReport): string {
  return severity === undefined || severity === 'green' ? '' : ` (${severity})`;
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
