import { total } from '../../statistics/counts.ts';
import type { ScoreCells } from './score-cells.ts';

/**
 * Area under the ROC curve: the chance that a positive row scores higher than a negative one, a tie counted half.
 *
 * Scores of one cell are ties. The area of the raw scores lies in [area - errorBound, area + errorBound]:
 * sum positives negatives / (2 P N) over the cells.
 *
 * @returns 0…1, or undefined where all rows are of one kind
 *
 * Cost O(cells). Source: Hanley & McNeil, "The meaning and use of the area under a ROC curve", 1982.
 */
export function areaUnderRoc({ positives, negatives }: ScoreCells): { readonly area: number; readonly errorBound: number } | undefined {
  const pairs = total(positives) * total(negatives);
  if (pairs <= 0) return undefined;

  let below = 0;
  let won = 0;
  let tied = 0;
  for (const [cell, hits] of positives.entries()) {
    const misses = negatives[cell] as number;
    won += hits * below;
    tied += hits * misses;
    below += misses;
  }
  return { area: (won + tied / 2) / pairs, errorBound: tied / 2 / pairs };
}

/** Gini coefficient of a score, -1…1: 2 area - 1, 0 for guessing; undefined where all rows are of one kind. Also Somers' D. */
export function gini(cells: ScoreCells): number | undefined {
  const measured = areaUnderRoc(cells);
  return measured && 2 * measured.area - 1;
}
