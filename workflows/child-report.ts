import type { DecisionId } from '../domain/identity/names.ts';
import type { ChildName } from '../domain/identity/workflow-ids.ts';
import type { LifecycleEvent } from '../domain/lifecycle/event.ts';
import type { RollBackReport, RollOutReport } from '../domain/rollout/rollout.ts';
import type { RetrainReport } from '../domain/training/retrain.ts';
import type { BaselineReport } from './snapshot-baseline.ts';

/** A child's result as the event its own doorbell would have been: same id, so that the two are one. */
export function reportOf(child: ChildName, by: DecisionId, report: unknown, nowWallMilliseconds: number): LifecycleEvent {
  switch (child) {
    case 'retrain':
      return { eventId: `${by}/gated`, kind: 'gated', report: report as RetrainReport, nowWallMilliseconds };
    case 'rollout':
      return { eventId: `${by}/rolled-out`, kind: 'rolled-out', report: report as RollOutReport };
    case 'rollback':
      return { eventId: `${by}/rolled-back`, kind: 'rolled-back', report: report as RollBackReport };
    case 'baseline':
      return takenOf(by, report as BaselineReport);
  }
}

/** Nothing to take a baseline from is the end of it, too. */
function takenOf(by: DecisionId, { baseline, version, outcome, says }: BaselineReport): LifecycleEvent {
  if (baseline === undefined) return endOf('baseline', by, outcome, 'without-baseline');
  return { eventId: `${by}/baseline-taken`, kind: 'baseline-taken', baseline, says, ...(version === undefined ? {} : { version }) };
}

/** A child's end without a report. Each run has one end, by whomever it is noticed: a child may be lost twice. */
export function endOf(child: ChildName, by: DecisionId, status: string, run: string): LifecycleEvent {
  return { eventId: `${by}/${child}-ended-${run}`, kind: 'child-ended', child, by, status };
}
