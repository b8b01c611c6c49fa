import { describe, expect, it } from 'vitest';
import { type CountedBaseline, compareBaselines } from '../../domain/baseline/compare-baselines.ts';
import { tellBaselineDiff } from '../../domain/baseline/tell-baseline-diff.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { countDays, gridOf, policyOf, type Row, type Value, version } from '../report/watched-model.ts';

const policy = policyOf();

function rowsOf(day: string, shift: number, more: (random: () => number) => Record<string, Value> = () => ({})): Row[] {
  const random = seededRandom(4);
  return Array.from({ length: 400 }, () => {
    const temp = random() + random() + shift;
    return { day, values: { temp, plan: random() < 0.3 ? 'pro' : 'free', ...more(random) }, prediction: random(), label: 1 };
  });
}

function counted(name: string, rows: readonly Row[], grid: Grid): CountedBaseline {
  const day = rows[0]?.day as string;
  return {
    digest: name.repeat(64) as Digest,
    grid,
    days: countDays(grid, rows),
    body: {
      kind: 'baseline',
      schemaVersion: 1,
      madeFrom: [],
      model: policy.model,
      version,
      grid: JSON.stringify(grid).length.toString(16).padStart(64, '0') as Digest,
      from: 'production',
      window: { from: eventTime(day), to: eventTime(Date.parse(day) + 86_400_000) },
      entries: [],
      rows: rows.length,
      takenAt: eventTime(day),
    },
  };
}

const compare = (one: CountedBaseline, other: CountedBaseline) => compareBaselines(one, other, policy.watch.effects);

describe('what moved between two baselines', () => {
  const spring = rowsOf('2011-04-01', 0);
  const summer = rowsOf('2011-07-01', 0.5);
  const grid = gridOf(spring);

  it('given a baseline and itself, then nothing moved', () => {
    const { columns, onlyBefore, onlyAfter } = compare(counted('a', spring, grid), counted('a', spring, grid));
    expect([onlyBefore, onlyAfter]).toEqual([[], []]);
    for (const { statistics, before, after } of columns) {
      expect(statistics.psi).toBe(0);
      expect(after).toEqual(before);
    }
  });

  it('given one column moved on the same grid, then it stands first, with its means and every statistic', () => {
    const diff = compare(counted('a', spring, grid), counted('b', summer, grid));
    expect(diff.columns.map(({ column }) => column)).toEqual(['temp', 'plan', 'prediction']);
    const [temp, ...others] = diff.columns;
    expect((temp?.after.mean as number) - (temp?.before.mean as number)).toBeCloseTo(0.5, 3);
    expect(temp?.effect?.statistic).toBe('wassersteinInSigmas');
    expect(temp?.statistics.meanShiftInSigmas).toBeCloseTo(0.5 / (temp?.before.sigma as number), 3);
    for (const { statistics } of others) expect(statistics.psi).toBe(0);
    expect(diff.before).toMatchObject({ rows: 400, outcomes: 400, version });
  });

  it('given grids of different columns and cells, then only what can be compared is', () => {
    const wider = rowsOf('2011-07-01', 0.5, (random) => ({ wind: random() }));
    const { columns, onlyBefore, onlyAfter } = compare(counted('a', spring, grid), counted('b', wider, gridOf(wider)));
    const temp = columns.find(({ column }) => column === 'temp');
    expect(temp).toMatchObject({ sameCells: false, statistics: {} });
    expect(temp?.after.mean).toBeGreaterThan(temp?.before.mean as number);
    expect([onlyBefore, onlyAfter]).toEqual([[], ['wind']]);
  });

  it('given a terminal, then both are named, and each column has a line', () => {
    const text = tellBaselineDiff(compare(counted('a', spring, grid), counted('b', summer, grid)));
    expect(text).toMatch(/^before {2}aaaaaaaaaaaa: 400 rows of production, 400 with their outcome, version 3, 2011-04-01 to 2011-04-01$/m);
    expect(text).toMatch(/^Both were counted on grid 0+/m);
    expect(text).toMatch(/^COLUMN +MOVED +ALARM AT +MEAN +NO SOUND VALUE +ROWS$/m);
    expect(text).toMatch(/^temp +1\.\d+ sigma +0\.2 +[\d.]+ → [\d.]+ +0% +400$/m);
  });
});
