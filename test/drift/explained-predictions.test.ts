import { describe, expect, it } from 'vitest';
import { withExplainedPredictions } from '../../domain/drift/explained-predictions.ts';
import { cellFinder } from '../../domain/grid/cell-finder.ts';
import { coarseColumn } from '../../domain/grid/coarse-column.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { ErrorSum } from '../../domain/ledger/error-sum.ts';
import { assess } from '../../domain/report/assess.ts';
import { pageOfReport } from '../../domain/report-page/page-of-report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, type Row } from '../report/watched-model.ts';

/** Predictions that hang on one of two inputs. */
function rowsOf(seed: number, firstDay: number, days: number, on: 'age' | 'income'): Row[] {
  const random = seededRandom(seed);
  return Array.from({ length: days * 60 }, (_, row) => {
    const day = new Date(Date.UTC(2011, 0, 1 + firstDay + Math.floor(row / 60))).toISOString().slice(0, 10);
    const values = { age: random(), income: random() };
    const prediction = 100 * values[on] + 50 * random();
    return { day, values, prediction, label: prediction + random() };
  });
}

/** Where errors lie, of rows of one day, as the ledger counts them. */
function errorsOf(grid: Grid, rows: readonly Row[]) {
  const finders = grid.columns.map((column) => {
    const coarse = coarseColumn(column);
    return cellFinder(coarse.kind === 'numeric' ? coarse.edges : []);
  });
  const errors = new ErrorSum(grid);
  for (const { values, prediction, label } of rows) {
    const cells = grid.columns.map(({ name, role }, at) => finders[at]?.(role === 'prediction' ? prediction : Number(values[name])) ?? 0);
    errors.add(Uint8Array.from(cells), 0, prediction, label as number, 1);
  }
  return errors.counts();
}

function inputOf(past: readonly Row[], now: readonly Row[]) {
  const input = checkOf(past, now);
  const withErrors = <D extends { readonly day: string }>(days: readonly D[], rows: readonly Row[]) =>
    days.map((one) => ({
      ...one,
      errors: errorsOf(
        input.grid,
        rows.filter(({ day }) => day === one.day),
      ),
    }));
  return {
    ...input,
    ...(input.baseline && { baseline: { ...input.baseline, days: withErrors(input.baseline.days, past) } }),
    windowDays: { ...input.windowDays, matured: withErrors(input.windowDays.matured, now) },
  };
}

describe('given predictions that hung on age and now hang on income', () => {
  const input = inputOf(rowsOf(1, 0, 84, 'age'), rowsOf(2, 84, 7, 'income'));
  const report = assess(input);
  const of = (column: string) => report.signals.find(({ subject, layer }) => subject === column && layer === 'inputs')?.statistics ?? {};

  it('when a report is made, then each input tells how much of them it explains now and did before', () => {
    const share = 100 ** 2 / (100 ** 2 + 50 ** 2);
    expect(of('age').explainsPredictionsInBaseline).toBeCloseTo(share, 1);
    expect(of('income').explainsPredictions).toBeCloseTo(share, 1);
    expect(of('age').explainsPredictions).toBeLessThan(0.05);
    expect(of('income').explainsPredictionsInBaseline).toBeLessThan(0.01);
    expect(report.signals.find(({ layer }) => layer === 'predictions')?.statistics).not.toHaveProperty('explainsPredictions');
  });

  it('when the page is made, then it names both, and neither input alarms for it', () => {
    const told = pageOfReport(report).predictions.filter((line) => line.includes('explains'));
    expect(told).toHaveLength(2);
    expect(told.join(' ')).toMatch(/income explains \S+% of the predictions by itself \(\S+% before\): predictions hang on it more/);
    expect(told.join(' ')).toMatch(/age explains \S+% of the predictions by itself \(\S+% before\): predictions hang on it less/);
    expect(report.signals.filter(({ layer, outcome }) => layer === 'inputs' && outcome === 'fail')).toEqual([]);
  });

  it('when some days were counted by an older program, then nothing is said rather than half of it', () => {
    const [first, ...rest] = input.windowDays.matured;
    const old = Object.fromEntries(Object.entries(first?.errors ?? {}).map(([name, { rows, loss }]) => [name, { rows, loss }]));
    const windowDays = { ...input.windowDays, matured: first ? [{ ...first, errors: old }, ...rest] : [] };
    const told = withExplainedPredictions(
      report.signals.map(({ statistics: _, ...one }) => ({ ...one, statistics: {} })),
      { ...input, windowDays },
    );
    expect(told.find(({ subject }) => subject === 'age')?.statistics).toEqual({ explainsPredictionsInBaseline: expect.any(Number) });
  });
});
