import { audited, type Change, keyOf } from './change.ts';
import { isSameDay } from './episode.ts';
import type { LifecycleEvent } from './event.ts';
import { rememberInEpisode } from './remember-in-episode.ts';
import { rememberLook } from './remember-look.ts';
import type { Rules } from './rules.ts';
import type { LifecycleState } from './state.ts';

const reportsKept = 8;

type Reported = Extract<LifecycleEvent, { kind: 'reported' }>;

/** A check came in. A report older than what was decided on already is recorded and never decided on. */
export function onReported(rules: Rules, state: LifecycleState, event: Reported): Change {
  const { report, asOf, alarm } = event;
  if (state.asOf !== undefined && asOf < state.asOf) {
    return {
      state,
      effects: [
        audited(event.eventId, 'late-report', `A report as of ${asOf} came after one of ${state.asOf}.`, { evidence: report, asOf }),
      ],
    };
  }
  const remembered = rules === 1 ? rememberLook(state, event) : rememberInEpisode(state, event);
  const lastReports = [...state.lastReports, report].slice(-reportsKept);
  return {
    state: { ...remembered.state, asOf, lastReports, checks: checksAfter(state, event) },
    effects: [
      ...remembered.effects,
      {
        key: keyOf(event.eventId, 'ask-decision'),
        kind: 'ask-decision',
        reports: lastReports,
        asOf,
        ...(alarm ? { alarm } : {}),
      },
    ],
  };
}

/** Several looks a day are one: each day has its part of the budget once. */
function checksAfter({ checks }: LifecycleState, { asOf }: Reported): NonNullable<LifecycleState['checks']> {
  if (checks === undefined) return { since: asOf, last: asOf, count: 1, falseAlarms: 0 };
  return isSameDay(checks.last, asOf) ? checks : { ...checks, last: asOf, count: checks.count + 1 };
}
