import type { EventTime } from '../identity/event-time.ts';
import type { AppliedPolicy } from '../policy/applied-policy.ts';
import type { LifecycleState } from './state.ts';

/**
 * A retired model is maintained once more. What serves goes on serving and the record goes on where it ended; reports and proposals of
 * the earlier life are not decided on, and its alarms wait for nobody.
 *
 * @param asOf where the clock of a replay stands anew; absent: where it stood
 */
export function beginAgain(ended: LifecycleState, policy: AppliedPolicy, clock: 'live' | 'replay', asOf?: EventTime): LifecycleState {
  const { paused: _paused, proposed: _proposed, asOf: stood, ...kept } = ended;
  const { alarms: _alarms, episode: _episode, expected: _expected, checks: _checks, ...rest } = kept;
  const standing = asOf ?? (clock === ended.clock ? stood : undefined);
  return {
    ...rest,
    policy,
    clock,
    ...(standing === undefined ? {} : { asOf: standing }),
    phase: { at: 'idle' },
    lastReports: [],
    attempts: ended.attempts.filter((attempt) => standing === undefined || attempt <= standing),
    outbox: [],
  };
}
