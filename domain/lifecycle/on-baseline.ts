import { audited, type Change } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

/** A baseline was taken. One of a version that is no longer the champion is recorded and not used. */
export function onBaselineTaken(state: LifecycleState, event: Extract<LifecycleEvent, { kind: 'baseline-taken' }>): Change {
  const record = audited(event.eventId, 'baseline', event.says, { evidence: event.baseline });
  const { baselining, ...rest } = state;
  const settled = baselining === undefined || baselining.version === event.version ? rest : state;
  if (event.version !== state.champion) return { state: settled, effects: [record] };
  return { state: { ...settled, baseline: event.baseline }, effects: [record] };
}
