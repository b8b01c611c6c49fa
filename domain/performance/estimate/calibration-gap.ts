import { groupByMass, mergeCells } from '../../statistics/cell-groups.ts';
import { type Counts, sumCells, total } from '../../statistics/counts.ts';
import type { ScoreCells } from '../metrics/score-cells.ts';
import type { Calibration } from './calibration.ts';

const bins = 10;
/** One-sided 95% point of the normal distribution. */
const z95 = 1.6449;

/**
 * How wrong rates can be on rows they were not made from, with 95% certainty: the upper bound of the expected calibration error over at
 * most ten bins of equal mass, less what samples of this size show when nothing is wrong.
 *
 * With d_b the observed less the expected rate of a bin, w_b its share of the rows and s_b^2 = r (1 - r) (1/n_b + 1/N_b) for n_b new and
 * N_b old outcomes: sum w_b |d_b| - sqrt(2/pi) sum w_b s_b, not below 0, plus z sqrt(sum (w_b s_b)^2).
 *
 * @param fresh outcomes by cell of the score that the calibration has not seen
 * @returns 0…1 and a little more, or undefined without outcomes
 *
 * Cost O(cells).
 */
export function calibrationGap({ groups, outcomes, positives, rates }: Calibration, fresh: ScoreCells): number | undefined {
  const merged = (cells: Counts) => mergeCells(cells, groups);
  const [hits, rows] = [merged(fresh.positives), merged(sumCells([fresh.positives, fresh.negatives]))];
  const all = total(rows);
  if (all <= 0) return undefined;
  let error = 0;
  let noise = 0;
  let variance = 0;
  for (const bin of groupByMass(outcomes, { atMost: bins, minimumShare: 0 })) {
    const sum = (counts: Counts) => bin.reduce((so, group) => so + (counts[group] as number), 0);
    const [now, before] = [sum(rows), sum(outcomes)];
    if (now === 0 || before === 0) continue;
    const expected = bin.reduce((so, group) => so + (rows[group] as number) * (rates[groups[group]?.[0] as number] as number), 0) / now;
    const rate = (sum(hits) + sum(positives)) / (now + before);
    const standardError = Math.sqrt(rate * (1 - rate) * (1 / now + 1 / before));
    error += (now / all) * Math.abs(sum(hits) / now - expected);
    noise += (now / all) * standardError;
    variance += ((now / all) * standardError) ** 2;
  }
  return Math.max(0, error - Math.sqrt(2 / Math.PI) * noise) + z95 * Math.sqrt(variance);
}
