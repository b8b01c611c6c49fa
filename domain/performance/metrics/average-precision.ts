import { total } from '../../statistics/counts.ts';
import type { ScoreCells } from './score-cells.ts';

/**
 * Average precision, the area under the precision-recall curve by steps: from the highest score down, precision at each cell
 * weighted by the recall it adds. Not interpolated, which would flatter. A constant score has the share of positives.
 *
 * Scores of one cell are ties and enter together.
 *
 * @returns 0…1, or undefined without positives
 *
 * Cost O(cells). Source: Davis & Goadrich, "The relationship between precision-recall and ROC curves", 2006.
 */
export function averagePrecision({ positives, negatives }: ScoreCells): number | undefined {
  const all = total(positives);
  if (all <= 0) return undefined;

  let hits = 0;
  let rows = 0;
  let average = 0;
  for (let cell = positives.length - 1; cell >= 0; cell -= 1) {
    const found = positives[cell] as number;
    hits += found;
    rows += found + (negatives[cell] as number);
    if (found > 0) average += (found / all) * (hits / rows);
  }
  return average;
}
