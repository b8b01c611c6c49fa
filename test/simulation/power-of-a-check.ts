import { median } from 'simple-statistics';
import { assessColumn } from '../../domain/drift/assess-column.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { policyOf } from '../report/watched-model.ts';
import { countedNormals, normalColumn } from './counted-normals.ts';
import { measureWeeks, type Weeks } from './past-with-later.ts';

export interface PowerPlan {
  /** Of the mean, in sigmas, in the window; or on each day from the baseline's first one, which is 0. */
  readonly shift: number | ((day: number) => number);
  /** How far days wander, in sigmas. */
  readonly wander: number;
  readonly weeks: Weeks;
  readonly rowsADay: number;
  readonly level: number;
}

const columns = 50;
const windowDays = 7;
const { effects } = policyOf().watch;

/**
 * Share of checks that alarm on the only one of fifty columns that moved, by the policy's default thresholds. Its p-value is adjusted as
 * if all others had larger ones: never more often than in a real check.
 */
export function powerOfACheck(plan: PowerPlan, runs: number, seed: number): number {
  return manyChecks(plan, runs, seed).found;
}

/** The same, and the median of what checks say is the smallest shift they would have seen, in sigmas. */
export function manyChecks(
  { shift, wander, weeks, rowsADay, level }: PowerPlan,
  runs: number,
  seed: number,
): { found: number; smallestShift: number } {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const column = normalColumn('x', 32);
  const draw = countedNormals(column, random);
  const first = 7 * (weeks.baseline + weeks.later);
  const moved = (day: number) => (typeof shift === 'number' ? (day < first ? 0 : shift) : shift(day));
  const smallest: number[] = [];
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    const counts = Array.from({ length: first + windowDays }, (_, day) => draw({ mean: moved(day) + wander * normal(), rows: rowsADay }));
    const movement = measureWeeks(column, counts, weeks);
    const pValue = movement.test.kind === 'none' ? 1 : movement.test.pValue;
    const adjusted = { pValue: Math.min(1, columns * pValue), family: columns };
    const { outcome, statistics } = assessColumn(movement, { layer: 'inputs', effects, critical: true, level, adjusted });
    if (outcome === 'fail') found += 1;
    smallest.push(statistics.smallestShiftSeenInSigmas as number);
  }
  return { found: found / runs, smallestShift: median(smallest) };
}
