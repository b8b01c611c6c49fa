import { assessColumn } from '../../domain/drift/assess-column.ts';
import { measureColumn } from '../../domain/drift/measure-column.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { policyOf } from '../report/watched-model.ts';
import { countedNormals, normalColumn } from './counted-normals.ts';

export interface PowerPlan {
  /** Of the mean, in sigmas. */
  readonly shift: number;
  /** How far days wander, in sigmas. */
  readonly wander: number;
  readonly weeks: number;
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
export function powerOfACheck({ shift, wander, weeks, rowsADay, level }: PowerPlan, runs: number, seed: number): number {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const column = normalColumn('x', 32);
  const draw = countedNormals(column, random);
  const start = eventTime('2024-01-01');
  const days = (from: number, count: number, by: number) =>
    Array.from({ length: count }, (_, index) => ({
      day: plusDays(start, from + index).slice(0, 10),
      counts: draw({ mean: by + wander * normal(), rows: rowsADay }),
    }));
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    const movement = measureColumn(column, days(0, 7 * weeks, 0), days(7 * weeks, windowDays, shift), windowDays);
    const pValue = movement.test.kind === 'none' ? 1 : movement.test.pValue;
    const adjustedPValue = Math.min(1, columns * pValue);
    if (assessColumn(movement, { layer: 'inputs', effects, critical: true, level, adjustedPValue }).outcome === 'fail') found += 1;
  }
  return found / runs;
}
