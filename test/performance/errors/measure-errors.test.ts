import { describe, expect, it } from 'vitest';
import { cellFinder } from '../../../domain/grid/cell-finder.ts';
import { coarseColumn } from '../../../domain/grid/coarse-column.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import { eventTime, plusDays } from '../../../domain/identity/event-time.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { ErrorSum, valuelessCell } from '../../../domain/ledger/error-sum.ts';
import { outcomeSums } from '../../../domain/ledger/sum-outcomes.ts';
import type { ErrorPatterns } from '../../../domain/performance/errors/error-patterns.ts';
import { measureErrors } from '../../../domain/performance/errors/measure-errors.ts';
import { seededRandom } from '../../../domain/statistics/seeded-random.ts';
import { checkOf, policyOf, version } from '../../report/watched-model.ts';

interface Row {
  readonly tenure: number | null;
  readonly plan: string;
  readonly said: string | number;
  readonly was: string | number;
}

type World = (row: { tenure: number; plan: string; day: number; random: () => number }) => Pick<Row, 'said' | 'was'> & { tenure?: null };

const tenures = Array.from({ length: 640 }, (_, index) => index / 10);
const gridOf = (kind: 'classes' | 'quantities') =>
  cutGrid('churn' as ModelName, [
    { name: 'tenure', role: 'feature', kind: 'numeric', values: tenures },
    { name: 'plan', role: 'feature', kind: 'categorical', values: ['free', 'free', 'pro'] },
    kind === 'classes'
      ? { name: 'said', role: 'prediction', kind: 'categorical', values: ['0', '1'] }
      : { name: 'said', role: 'prediction', kind: 'numeric', values: tenures },
  ]);

function daysOf(kind: 'classes' | 'quantities', world: World, first: number, days: number, seed = 1): Partition[] {
  const grid = gridOf(kind);
  const random = seededRandom(seed + first);
  const finders = grid.columns.map((column) => {
    const coarse = coarseColumn(column);
    const find = coarse.kind === 'numeric' ? cellFinder(coarse.edges) : undefined;
    return (value: string | number | null) => {
      if (value === null) return valuelessCell(column);
      return find ? find(Number(value)) : coarse.kind === 'categorical' ? coarse.categories.indexOf(String(value)) : 0;
    };
  });
  return Array.from({ length: days }, (_, index) => {
    const errors = new ErrorSum(grid);
    const outcomes = outcomeSums(grid, kind === 'classes' ? 'categorical' : 'numeric')();
    for (let count = 0; count < 400; count += 1) {
      const tenure = 64 * random();
      const plan = random() < 0.7 ? 'free' : 'pro';
      const row: Row = { plan, tenure, ...world({ tenure, plan, day: first + index, random }) };
      const values: Record<string, string | number | null> = { tenure: row.tenure, plan, said: row.said };
      const cells = Uint8Array.from(grid.columns.map(({ name }, place) => finders[place]?.(values[name] ?? null) ?? 0));
      errors.add(cells, 0, row.said, row.was, 1);
      outcomes.add(row.said, row.was, 1);
    }
    const day = plusDays(eventTime('2024-01-01'), first + index).slice(0, 10);
    return { day, version, rows: 400, columns: {}, outcomes: outcomes.counts(), errors: errors.counts() };
  });
}

function patternsOf(kind: 'classes' | 'quantities', before: World, now: World, past = 84, seed = 1): ErrorPatterns | undefined {
  const policy = policyOf({ task: kind === 'classes' ? { kind: 'classification' } : { kind: 'regression' } });
  const input = checkOf([], [], policy);
  const days = daysOf(kind, before, 0, past, seed);
  return measureErrors({
    ...input,
    grid: gridOf(kind),
    ...(input.baseline && { baseline: { ...input.baseline, days } }),
    maturedWindow: { from: plusDays(eventTime('2024-01-01'), past), to: plusDays(eventTime('2024-01-01'), past + 7) },
    windowDays: { inputs: [], matured: daysOf(kind, now, past, 7, seed), earlier: [] },
  });
}

const answers = (wrong: number, random: () => number) => {
  const was = random() < 0.5 ? '1' : '0';
  return { was, said: random() < wrong ? (was === '1' ? '0' : '1') : was };
};
const usual: World = ({ random }) => answers(0.1, random);

describe('given a classifier that is wrong in a tenth of its answers', () => {
  it('when nothing changed, then no range is told of', () => {
    const patterns = patternsOf('classes', usual, usual);
    expect(patterns?.ranges).toEqual([]);
    expect(patterns?.tested).toBeGreaterThan(30);
    expect(patterns?.loss).toBe('wrongAnswers');
    expect(patterns?.says).toMatch(/^Wrong answers [\d.]+%, [\d.]+% in the baseline: no more than its past explains\.$/);
  });

  it('when nothing changed, or all became worse alike, in twenty worlds, then a range is told of in two of them at most', () => {
    for (const wrong of [0.1, 0.2]) {
      const told = Array.from({ length: 20 }, (_, seed) =>
        patternsOf('classes', usual, ({ random }) => answers(wrong, random), 84, 100 * seed),
      );
      expect(told.filter((patterns) => patterns?.ranges.length !== 0).length).toBeLessThanOrEqual(2);
    }
  });

  it('when customers of short tenure are answered wrongly, then that range alone is told, with its share of what is more', () => {
    const now: World = ({ tenure, random }) => answers(tenure < 8 ? 0.5 : 0.1, random);
    const patterns = patternsOf('classes', usual, now);
    expect(patterns?.ranges.map(({ column }) => column)).toEqual(['tenure']);
    const [range] = patterns?.ranges ?? [];
    expect(range?.where).toMatch(/^under (7\.9|8)/);
    expect(range?.shareOfRows).toBeCloseTo(0.125, 1);
    expect(range?.now).toBeCloseTo(0.5, 1);
    expect(range?.interval?.[0]).toBeGreaterThan(0.25);
    expect(range?.shareOfExcess).toBeGreaterThan(0.8);
    expect(patterns?.says).toMatch(
      /^Wrong answers 1\d(\.\d)?%, \d+(\.\d)?% in the baseline: most in tenure under .* spread over the days; first of all 0 taken for 1\.$/,
    );
  });

  it('when all become worse alike, then no range stands out', () => {
    const patterns = patternsOf('classes', usual, ({ random }) => answers(0.25, random));
    expect(patterns?.ranges).toEqual([]);
    expect(patterns?.says).toContain('in no range of a column more than in all; spread over the days');
  });

  it('when one plan is hit on one day, then plan and day are told', () => {
    const now: World = ({ plan, day, random }) => answers(plan === 'pro' && day === 86 ? 0.95 : 0.1, random);
    const patterns = patternsOf('classes', usual, now);
    expect(patterns?.halfWithinDays).toBeLessThan(0.15);
    expect(patterns?.says).toMatch(/half of it on days with \d+(\.\d+)?% of the rows/);
    expect(patterns?.days).toHaveLength(7);
  });

  it('when rows without a value go wrong, then no value is a range of its own', () => {
    const before: World = ({ random }) => ({ ...answers(0.1, random), ...(random() < 0.1 && { tenure: null }) });
    const now: World = ({ random }) => (random() < 0.1 ? { ...answers(0.6, random), tenure: null } : answers(0.1, random));
    expect(patternsOf('classes', before, now)?.ranges).toMatchObject([{ column: 'tenure', where: 'no value' }]);
  });

  it('when single days are all the past there is, then the range is found against them', () => {
    const now: World = ({ tenure, random }) => answers(tenure < 8 ? 0.6 : 0.1, random);
    expect(patternsOf('classes', usual, now, 28)?.ranges[0]).toMatchObject({ column: 'tenure' });
  });

  it('when the past is too short to test against, then it says what is needed', () => {
    const patterns = patternsOf('classes', usual, usual, 10);
    expect(patterns?.says).toContain('where they lie cannot be judged: needs more days of baseline, or rows');
  });
});

it('given quantities, when long tenures are predicted too low, then range and kind are told in the unit of the error', () => {
  const world =
    (bias: number): World =>
    ({ tenure, random }) => {
      const was = 20 + 10 * random();
      return { was, said: was + (random() - 0.5) * 4 - (tenure > 50 ? bias : 0) };
    };
  const patterns = patternsOf('quantities', world(0), world(4));
  expect(patterns?.loss).toBe('absoluteError');
  expect(patterns?.before).toBeCloseTo(1, 1);
  expect(patterns?.ranges[0]).toMatchObject({ column: 'tenure' });
  expect(patterns?.ranges[0]?.where).toMatch(/^(49|50|51)(\.\d+)? and more$/);
  expect(patterns?.kinds[0]?.kind).toBe('predicted too low');
});

it('given no errors counted by cell, when a report is made, then it has no such part', () => {
  expect(measureErrors(checkOf([], []))).toBeUndefined();
});
