import type { EventTime } from '../identity/event-time.ts';
import { subjectOf } from '../report/alarm-subjects.ts';
import type { Report, Signal } from '../report/report.ts';
import type { DecisionState, Reason } from './decision.ts';
import { expectedUntil } from './expectation.ts';
import type { RecordedReport } from './recorded-report.ts';

export interface SetAside {
  /** The same reports without what was expected to fail. */
  readonly reports: readonly RecordedReport[];
  /** What was expected in the newest, as reasons that decide nothing. */
  readonly expected: readonly Reason[];
}

/**
 * Takes alarms that people have said will come out of what is decided on: in every report, for as long as they are expected as of the
 * decision. The reports themselves stay as they are; the cause of a drop goes with the drop,
 * what is said of drift with the drift.
 */
export function setExpectedAside(
  reports: readonly RecordedReport[],
  { state, asOf }: { readonly state: DecisionState; readonly asOf: EventTime },
): SetAside {
  const until = (signal: Signal) => (signal.outcome === 'fail' ? expectedUntil(state.expected, subjectOf(signal), asOf) : undefined);
  const newest = reports.at(-1);
  return {
    reports: reports.map(({ digest, report }) => ({ digest, report: without(report, (signal) => until(signal) !== undefined) })),
    expected: (newest?.report.signals ?? []).flatMap((signal) => {
      const day = until(signal);
      if (day === undefined || newest === undefined) return [];
      return [{ code: 'expected', says: `Expected until ${day}: ${signal.says}`, evidence: newest.digest, policyPath: signal.policyPath }];
    }),
  };
}

function without(report: Report, isExpected: (signal: Signal) => boolean): Report {
  const signals = report.signals.filter((signal) => !isExpected(signal));
  const { cause, consequence, ...rest } = report;
  const hasDrop = signals.some(isWholeDrop);
  const hasDrift = signals.some(({ layer, outcome }) => (layer === 'inputs' || layer === 'predictions') && outcome === 'fail');
  return { ...rest, signals, ...(cause && hasDrop ? { cause } : {}), ...(consequence && hasDrift ? { consequence } : {}) };
}

/** What a cause is told of. */
function isWholeDrop({ layer, statistic, outcome, segment }: Signal): boolean {
  return layer === 'performance' && statistic === 'drop' && outcome === 'fail' && segment === undefined;
}
