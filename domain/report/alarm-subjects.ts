import { counts } from './conclude.ts';
import type { Judgement, Report } from './report.ts';

/** What a report alarms about: each of the signals that made it fail, as {@link subjectOf}, once. */
export function alarmSubjects({ signals }: Pick<Report, 'signals'>): string[] {
  return [...new Set(signals.filter((signal) => signal.outcome === 'fail' && counts(signal)).map(subjectOf))];
}

/** `layer/subject`: one metric, however it is judged, or one column in one layer; of a slice alone, `layer/subject in slice`. */
export function subjectOf({ layer, subject, segment }: Pick<Judgement, 'layer' | 'subject' | 'segment'>): string {
  return `${layer}/${subject}${segment === undefined ? '' : ` in ${segment}`}`;
}
