import { audited, type Change, keyOf } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

const reportsKept = 8;

/** A check came in. A report older than what was decided on already is recorded and never decided on. */
export function onReported(state: LifecycleState, event: Extract<LifecycleEvent, { kind: 'reported' }>): Change {
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
    state: { ...state, asOf, lastReports },
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
