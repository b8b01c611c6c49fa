import { describe, expect, it } from 'vitest';
import type { Grid } from '../../domain/grid/grid.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { lookEveryDays } from '../../domain/ledger/look-every-days.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { assess } from '../../domain/report/assess.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, countDays, gridOf, policyOf, type Row } from './watched-model.ts';

const hour = 3_600_000;
const start = Date.UTC(2024, 0, 1);
const weeks = 12;
const random = seededRandom(11);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Sixty rows an hour; from three to four in the night, except on Sundays, a job runs that asks for other things. Values in tenths. */
function rowsOf(at: number, shift = 0): Row[] {
  const time = new Date(start + at * hour);
  const nightly = time.getUTCHours() === 3 && time.getUTCDay() !== 0 ? 2 : 0;
  const wander = 0.05 * normal();
  return Array.from({ length: 60 }, () => ({
    day: `${time.toISOString().slice(0, 16)}Z`,
    values: { size: Math.round(10 * (nightly + wander + shift + normal())) / 10 },
    prediction: 1,
  }));
}

const grid: Grid = gridOf(Array.from({ length: 7 * 24 }, (_, at) => rowsOf(at)).flat());
const past: Partition[] = Array.from({ length: weeks * 168 }, (_, at) => countDays(grid, rowsOf(at))).flat();

/** What an hourly look says of the column, so many hours after the baseline's end. */
function look(season: Policy['baseline']['season'], hours: number, shift = 0) {
  const policy = policyOf({
    sources: { predictions: { from: 'gateway' } },
    columns: { critical: ['size'] },
    baseline: { windowDays: 7 * weeks, season },
    watch: { grain: 'hour', windowDays: 1 / 24, schedule: '0 * * * *' },
  });
  const at = weeks * 168 + hours;
  const from = start + at * hour;
  const rows = rowsOf(at, shift);
  const { baseline, ...input } = checkOf([{ ...(rows[0] as Row), day: '2024-01-01' }], rows, policy);
  const report = assess({
    ...input,
    grid,
    ...(baseline && { baseline: { ...baseline, days: past } }),
    windowDays: { inputs: countDays(grid, rows), matured: [], earlier: [] },
    window: { from: eventTime(from), to: eventTime(from + hour) },
    lookEveryDays: lookEveryDays(policy.watch.schedule, 'hour'),
  });
  return { report, signal: report.signals.find(({ subject, layer }) => subject === 'size' && layer === 'inputs') };
}

/** Monday to Saturday. */
const nights = [0, 1, 2, 3, 4, 5].map((night) => 24 * night + 3);

describe('given a job that runs every night but one, and looks at every hour', () => {
  it('when no season is named, then it alarms every night, although nothing changed', () => {
    expect(nights.map((at) => look('none', at).signal?.outcome)).toEqual(nights.map(() => 'fail'));
  });

  it('when hours of the week are compared with each other, then no hour alarms, and the effect is that of like hours', () => {
    const hours = [...nights, 6 * 24 + 3, 26, 28, 36];
    const looks = hours.map((at) => look('hourOfWeek', at));
    expect(looks.map(({ signal }) => signal?.outcome)).toEqual(hours.map(() => 'pass'));
    expect(looks[0]?.report.blocks).toEqual({ unit: 'window', count: weeks });
    expect(looks[0]?.signal?.statistics.rowsInBaseline).toBe(weeks * 60);
  });

  it('when an hour itself is another, by night or day, then it is found', () => {
    expect(look('hourOfWeek', 27, 1.5).signal).toMatchObject({ outcome: 'fail', pValueKind: 'blocks' });
    expect(look('hourOfWeek', 36, 1.5).signal?.outcome).toBe('fail');
  });
});
