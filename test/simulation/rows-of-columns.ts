import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { type WorldName, worlds } from './stable-worlds.ts';

export interface ColumnPlan {
  readonly world: WorldName;
  readonly pastDays: number;
  readonly windowDays: number;
  readonly rowsADay: number;
  /** Of the window's mean, in sigmas. */
  readonly shift: number;
}

/** Rows of one column, day after day, the window's last. Every day has as many. */
export function rowsOfColumns({ world, pastDays, windowDays, rowsADay, shift }: ColumnPlan, seed: number): () => Float32Array {
  const random = seededRandom(seed);
  return () => {
    const nextDay = worlds[world](random, rowsADay);
    const rows = new Float32Array((pastDays + windowDays) * rowsADay);
    for (let day = 0; day < pastDays + windowDays; day += 1) {
      const mean = nextDay().mean + (day < pastDays ? 0 : shift);
      for (let row = 0; row < rowsADay; row += 1) {
        rows[day * rowsADay + row] = mean + Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      }
    }
    return rows;
  };
}
