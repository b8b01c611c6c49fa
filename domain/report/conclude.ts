import type { Outcome, Severity } from '../identity/outcome.ts';
import type { Signal } from './report.ts';

export interface Conclusion {
  readonly outcome: Outcome;
  readonly severity: Severity;
}

/**
 * What a report says as a whole. Some signals count, the others explain: quality, predictions, critical columns and the performance that
 * may trigger count; drift of any other column, and what only warns of performance, makes the severity yellow and no more.
 *
 * - `fail`, red: a signal that counts failed.
 * - `inconclusive`, yellow: else, when the window has no rows, a signal that counts is inconclusive, or no signal at all passed.
 *   Predictions stand in for performance where that could not be judged; where it was, their being inconclusive adds no doubt.
 * - `pass`: else; yellow when another signal failed, green otherwise.
 */
export function conclude(signals: readonly Signal[], rows: number): Conclusion {
  const counting = signals.filter(counts);
  if (counting.some(({ outcome }) => outcome === 'fail')) return { outcome: 'fail', severity: 'red' };
  const isPerformanceKnown = signals.some((signal) => signal.layer === 'performance' && signal.critical && isJudged(signal));
  const doubtful = counting.filter(({ layer, outcome }) => outcome === 'inconclusive' && !(layer === 'predictions' && isPerformanceKnown));
  if (rows === 0 || !signals.some(isJudged) || doubtful.length > 0) return { outcome: 'inconclusive', severity: 'yellow' };
  return { outcome: 'pass', severity: signals.some(({ outcome }) => outcome === 'fail') ? 'yellow' : 'green' };
}

/** Whether a signal makes a report fail, or only explains. */
export function counts({ layer, critical }: Signal): boolean {
  return critical || layer === 'quality' || layer === 'predictions';
}

function isJudged({ outcome }: Signal): boolean {
  return outcome !== 'inconclusive';
}
