import type { EventTime } from '../identity/event-time.ts';
import type { Digest, Version } from '../identity/names.ts';
import type { Report } from '../report/report.ts';

export interface RecordedReport {
  readonly digest: Digest;
  readonly report: Report;
}

/**
 * The reports a decision may rest on, earliest first: known by then, about the version in service, one for each as-of (the last given
 * wins, as it was made again).
 */
export function reportsInForce(reports: readonly RecordedReport[], asOf: EventTime, champion: Version | undefined): RecordedReport[] {
  const byTime = new Map<EventTime, RecordedReport>();
  for (const recorded of reports) {
    const { report } = recorded;
    if (report.asOf <= asOf && (champion === undefined || report.version === champion)) byTime.set(report.asOf, recorded);
  }
  return [...byTime.values()].sort((a, b) => (a.report.asOf < b.report.asOf ? -1 : 1));
}
