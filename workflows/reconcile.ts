import type { FollowingActivities } from '../activities/following.ts';
import type { LifecycleEvent } from '../domain/lifecycle/event.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { endOf, reportOf } from './child-report.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';

/**
 * Holds what the entity believes to be under way against what is. A terminated or reset child never signals, and after a
 * continue-as-new the parent gets no child events: this is what makes the model move again.
 */
export async function reconcile(state: LifecycleState, place: Place): Promise<LifecycleEvent[]> {
  const child = childOf(state);
  if (child === undefined || state.outbox.some((effect) => effect.kind.startsWith('start-'))) return [];
  const { name, by } = child;
  const standing = await on<FollowingActivities>(place, 'control', `is the ${name} under way?`).describeChild(name, state.model);
  if (standing.state === 'running') return [];
  if (standing.state === 'closed' && standing.decision === by && standing.status === 'COMPLETED')
    return [reportOf(name, by, standing.report, Date.now())];
  if (standing.state === 'closed' && standing.decision === by) return [endOf(name, by, standing.status, standing.runId)];
  return [endOf(name, by, 'ABSENT', `revision-${state.revision}`)];
}

function childOf({ phase, baselining }: LifecycleState) {
  switch (phase.at) {
    case 'retraining':
      return { name: 'retrain', by: phase.by } as const;
    case 'rolling-out':
      return { name: 'rollout', by: phase.by } as const;
    case 'rolling-back':
      return { name: 'rollback', by: phase.by } as const;
    default:
      return baselining === undefined ? undefined : ({ name: 'baseline', by: baselining.by } as const);
  }
}
