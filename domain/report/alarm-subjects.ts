import { counts } from './conclude.ts';
import type { Judgement, Report } from './report.ts';

/** What a report alarms about: each of the signals that made it fail, as {@link subjectOf}, once. */
export function alarmSubjects({ signals }: Pick<Report, 'signals'>): string[] {
  return [...new Set(signals.filter((signal) => signal.outcome === 'fail' && counts(signal)).map(subjectOf))];
}

/** `layer/subject`: one metric, however it is judged, or one column in one layer. */
export function subjectOf({ layer, subject }: Pick<Judgement, 'layer' | 'subject'>): string {
  return `${layer}/${subject}`;
}
