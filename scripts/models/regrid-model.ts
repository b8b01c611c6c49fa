import type { ModelName } from '../../domain/identity/names.ts';
import { regridId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import { type RegridReport, regrid } from '../../workflows/regrid.ts';
import { modelTime, requireStatus } from './entity.ts';
import type { Session } from './session.ts';

/**
 * Has the grid of a model cut anew, as of its newest time; waits for one that is being cut already.
 * @throws Error when the model is not maintained or has no baseline
 */
export async function regridModel(session: Session, model: ModelName, because: string): Promise<RegridReport> {
  const { client, place } = session;
  const { policy, baseline, champion } = (await requireStatus(session, model)).state;
  if (baseline === undefined) throw new Error(`${model} has no baseline, so its grid is still to be cut. See: anchorwatch status ${model}`);
  const asOf = await modelTime(session, model);
  const order = { model, policy, asOf, baseline, because, ...(champion === undefined ? {} : { version: champion }) };
  return client.workflow.execute(regrid, {
    workflowId: regridId(place.installation, model),
    workflowIdConflictPolicy: 'USE_EXISTING',
    taskQueue: taskQueue(place.installation, 'control'),
    args: [order, place],
    staticSummary: `cut the grid of ${model} anew`,
  });
}
