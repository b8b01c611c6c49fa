import { expectedUntil } from '../decision/expectation.ts';
import { eventTime } from '../identity/event-time.ts';
import type { Alarm, AlarmAnswer } from './alarm.ts';
import { audited, type Change, keyOf } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

const reportsKept = 8;
const alarmsKept = 60;

type Reported = Extract<LifecycleEvent, { kind: 'reported' }>;

/** A check came in. A report older than what was decided on already is recorded and never decided on. */
export function onReported(state: LifecycleState, event: Reported): Change {
  const { report, asOf, alarm } = event;
  if (state.asOf !== undefined && asOf < state.asOf) {
    return {
      state,
      effects: [
        audited(event.eventId, 'late-report', `A report as of ${asOf} came after one of ${state.asOf}.`, { evidence: report, asOf }),
      ],
    };
  }
  const lastReports = [...state.lastReports, report].slice(-reportsKept);
  return {
    state: { ...state, asOf, lastReports, ...alarmsAfter(state, event), checks: checksAfter(state, event) },
    effects: [
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

/** A look that is made again takes the place of the one before, but what a person said of that stays. */
function alarmsAfter({ alarms = [], expected }: LifecycleState, event: Reported): Pick<LifecycleState, 'alarms'> {
  const others = alarms.filter(({ report, asOf, answer }) => report !== event.report && (asOf !== event.asOf || answer !== undefined));
  const known = alarms.find(({ report }) => report === event.report);
  const answer = known?.answer ?? foretold(expected, event);
  const alarm: Alarm = { report: event.report, asOf: event.asOf, ...(answer ? { answer } : {}) };
  const kept = event.alarm ? [...others, alarm] : others;
  return kept.length + alarms.length === 0 ? {} : { alarms: kept.slice(-alarmsKept) };
}

/** An alarm about nothing but what is expected needs no answer of its own. */
function foretold(expected: LifecycleState['expected'], { subjects = [], asOf }: Reported): AlarmAnswer | undefined {
  const days = subjects.map((subject) => expectedUntil(expected, subject, asOf)).sort();
  const [first] = days;
  if (first === undefined || days.includes(undefined)) return undefined;
  return { kind: 'expected', until: eventTime(first) };
}

/** Several looks a day are one: each day has its part of the budget once. */
function checksAfter({ checks }: LifecycleState, { asOf }: Reported): NonNullable<LifecycleState['checks']> {
  if (checks === undefined) return { since: asOf, last: asOf, count: 1, falseAlarms: 0 };
  const isSameDay = checks.last.slice(0, 10) === asOf.slice(0, 10);
  return isSameDay ? checks : { ...checks, last: asOf, count: checks.count + 1 };
}
