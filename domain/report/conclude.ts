import type { Outcome } from '../identity/outcome.ts';
import type { Judgement } from './report.ts';

/**
 * What a report says as a whole. Some signals count, the others explain: quality, predictions, critical columns and the performance that
 * may trigger count; drift of any other column and what only warns of performance do not.
 *
 * - `fail`: a signal that counts failed.
 * - `inconclusive`: else, when the window has no rows, a signal that counts is inconclusive, or no signal at all passed.
 *   Predictions stand in for performance where that could not be judged; where it was, their being inconclusive adds no doubt.
 * - `pass`: else.
 */
export function conclude(signals: readonly Judgement[], rows: number): Outcome {
  const counting = signals.filter(counts);
  if (counting.some(({ outcome }) => outcome === 'fail')) return 'fail';
  const isPerformanceKnown = signals.some((signal) => signal.layer === 'performance' && signal.critical && isJudged(signal));
  const doubtful = counting.filter(({ layer, outcome }) => outcome === 'inconclusive' && !(layer === 'predictions' && isPerformanceKnown));
  if (rows === 0 || !signals.some(isJudged) || doubtful.length > 0) return 'inconclusive';
  return 'pass';
}

/** Whether a signal makes a report fail, or only explains. A column that is missing warns, where it is not critical; its nulls count. */
export function counts({ layer, critical, statistic }: Judgement): boolean {
  return critical || (layer === 'quality' && statistic !== 'missingColumn') || layer === 'predictions';
}

/** A new column is only told. */
function isJudged({ outcome, statistic }: Judgement): boolean {
  return outcome !== 'inconclusive' && statistic !== 'newColumn';
}
