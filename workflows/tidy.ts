import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, setCurrentDetails, startChild } from '@temporalio/workflow';
import type { Leftover, TidyingActivities, TidyReport } from '../activities/tidying.ts';
import type { DecisionId } from '../domain/identity/names.ts';
import { childId, taskQueue } from '../domain/identity/workflow-ids.ts';
import { markOutcome } from './mark.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';
import { rollBack } from './roll-back.ts';

/** Compares the records of resources with reality and undoes what belongs to nothing open. A terminated workflow undoes nothing itself. */
export async function tidy(place: Place): Promise<TidyReport> {
  const limits = { startToCloseTimeout: '10 minutes', heartbeatTimeout: '10 minutes' } as const;
  const { findLeftovers, undo } = on<TidyingActivities>(place, 'watch', 'tidy', limits);
  const leftovers = await findLeftovers();
  for (const leftover of leftovers) {
    if (leftover.kind === 'offline-rollback') await takeOver(leftover, place);
    else await undo(leftover);
  }
  const report = {
    undone: leftovers,
    says: leftovers.length === 0 ? 'Nothing was left over.' : leftovers.map(({ says }) => says).join('\n'),
  };
  markOutcome(place, leftovers.length === 0 ? 'clean' : 'tidied');
  setCurrentDetails(report.says);
  return report;
}

/** A rollback that was made while Temporal was down becomes one of ours: aliases, record and entity follow the shares. */
async function takeOver(leftover: Extract<Leftover, { kind: 'offline-rollback' }>, place: Place): Promise<void> {
  const { model, from, to, who, says, epoch } = leftover;
  const decision = `offline-${epoch}` as DecisionId;
  try {
    await startChild(rollBack, {
      workflowId: childId(place.installation, 'rollback', model),
      taskQueue: taskQueue(place.installation, 'contain'),
      args: [{ decision, model, because: says, by: who, from, ...(to === undefined ? {} : { to }) }, place],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      memo: { decision },
      staticSummary: `take over the rollback of ${model} that was made offline`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
