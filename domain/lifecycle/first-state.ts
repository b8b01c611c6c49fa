import type { EventTime } from '../identity/event-time.ts';
import type { ModelName } from '../identity/names.ts';
import type { AppliedPolicy } from '../policy/applied-policy.ts';
import type { LifecycleState } from './state.ts';

/** A model nothing has happened to yet. */
export function firstState(model: ModelName, policy: AppliedPolicy, clock: 'live' | 'replay', asOf?: EventTime): LifecycleState {
  return {
    schemaVersion: 1,
    model,
    revision: 0,
    clock,
    ...(asOf === undefined ? {} : { asOf }),
    policy,
    phase: { at: 'idle' },
    lastReports: [],
    attempts: [],
    outbox: [],
    seen: [],
    audit: { next: 0 },
  };
}
