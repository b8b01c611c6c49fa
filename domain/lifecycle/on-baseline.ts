import { audited, type Change, told } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

type Of<K extends LifecycleEvent['kind']> = Extract<LifecycleEvent, { kind: K }>;

/** A baseline was taken. One of a version that is no longer the champion, or in place of one that is no longer used, is only recorded. */
export function onBaselineTaken(state: LifecycleState, event: Of<'baseline-taken'>): Change {
  const record = audited(event.eventId, 'baseline', event.says, { evidence: event.baseline });
  const { baselining, ...rest } = state;
  const settled = baselining === undefined || baselining.version === event.version ? rest : state;
  const isLate = event.replaces !== undefined && event.replaces !== state.baseline;
  if (event.version !== state.champion || isLate) return { state: settled, effects: [record] };
  const { refusedBaseline: _refused, ...used } = settled;
  return { state: { ...used, baseline: event.baseline }, effects: [record] };
}

/** Production was not steady enough to be one. What was the baseline stays. */
export function onBaselineRefused(state: LifecycleState, event: Of<'baseline-refused'>): Change {
  const { eventId, version, asOf, says } = event;
  const record = audited(eventId, 'baseline-refused', says, { asOf });
  if (version !== state.champion) return { state, effects: [record] };
  return { state: { ...state, refusedBaseline: { asOf, says } }, effects: [record, told(eventId, 'yellow', says)] };
}
