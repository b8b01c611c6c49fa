import type { ColumnDay } from '../../domain/drift/column-day.ts';
import type { LaterWindows } from '../../domain/drift/column-past.ts';
import { type ColumnMovement, measureColumn } from '../../domain/drift/measure-column.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { ColumnCounts } from '../../domain/ledger/entry.ts';
import { falseAlarmLevel } from '../../domain/report/false-alarm-level.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { policyOf } from '../report/watched-model.ts';
import { countedNormals, normalColumn } from './counted-normals.ts';
import { type WorldName, worlds } from './stable-worlds.ts';

const start = eventTime('2024-01-01');
const { effects, falseAlarms } = policyOf().watch;
const { layer: level } = falseAlarmLevel(falseAlarms, 1);

/** Days one after another: the first weeks are the baseline, the last one is the window, those between came after the baseline. */
export interface Weeks {
  readonly baseline: number;
  readonly later: number;
}

/** A column measured as a look measures it by the policy's defaults, once its days are counted. */
export function measureWeeks(column: Parameters<typeof measureColumn>[0], counts: readonly ColumnCounts[], weeks: Weeks): ColumnMovement {
  const days = counts.map((one, index): ColumnDay => ({ day: plusDays(start, index).slice(0, 10), counts: one }));
  const first = 7 * weeks.baseline;
  const windows = Array.from({ length: weeks.later }, (_, week) => days.slice(first + 7 * week, first + 7 * (week + 1))).toReversed();
  const later: LaterWindows = { effects, level, windows };
  return measureColumn(column, days.slice(0, first), days.slice(-7), 7, later);
}

/** Share of p-values at or under each level where nothing drifts, 300 rows a day; whole looks, with which later blocks they ask. */
export function falseAlarmsWithLater(world: WorldName, weeks: Weeks, levels: readonly number[], runs: number, seed: number): number[] {
  const random = seededRandom(seed);
  const column = normalColumn('x', 20);
  const draw = countedNormals(column, random);
  const alarms = levels.map(() => 0);
  for (let run = 0; run < runs; run += 1) {
    const day = worlds[world](random, 300);
    const counts = Array.from({ length: 7 * (weeks.baseline + weeks.later + 1) }, () => draw(day()));
    const { test } = measureWeeks(column, counts, weeks);
    const pValue = test.kind === 'none' ? 1 : test.pValue;
    for (const [index, one] of levels.entries()) if (pValue <= one) alarms[index] = (alarms[index] as number) + 1;
  }
  return alarms.map((count) => count / runs);
}
