import { totalColumn } from '../../domain/drift/column-totals.ts';
import { testMovement } from '../../domain/drift/test-movement.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { countedNormals, normalColumn } from './counted-normals.ts';
import { type WorldName, worlds } from './stable-worlds.ts';

export interface TestPlan {
  readonly world: WorldName;
  /** Weeks of the past the window of a week is held against. */
  readonly blocks: number;
  /** How many times the rows of a day of the past a day of the window has. */
  readonly busier: number;
  readonly rowsADay: number;
}

/** Share of p-values at or under each level, where nothing drifts. */
export function falseAlarmsOfATest(plan: TestPlan, levels: readonly number[], runs: number, seed: number): number[] {
  const random = seededRandom(seed);
  const column = normalColumn('x', 20);
  const draw = countedNormals(column, random);
  const alarms = levels.map(() => 0);
  for (let run = 0; run < runs; run += 1) {
    const day = worlds[plan.world](random, plan.rowsADay);
    const week = (busier: number) =>
      totalColumn(
        column,
        Array.from({ length: 7 }, () => {
          const { mean, rows } = day();
          return draw({ mean, rows: rows * busier });
        }),
      );
    const past = Array.from({ length: plan.blocks }, () => week(1));
    const pValue = testMovement(column, past, week(plan.busier)) ?? 1;
    for (const [index, level] of levels.entries()) if (pValue <= level) alarms[index] = (alarms[index] as number) + 1;
  }
  return alarms.map((count) => count / runs);
}

/** What a right test may show: so many times its level, and two standard errors of the simulation. */
export function mostFalseAlarms(level: number, runs: number, factor: number): number {
  return factor * level + 2 * Math.sqrt((level * (1 - level)) / runs);
}
