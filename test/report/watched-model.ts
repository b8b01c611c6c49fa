import type { Baseline } from '../../domain/baseline/baseline.ts';
import { coarseColumn } from '../../domain/grid/coarse-column.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../../domain/identity/names.ts';
import { categoricalSums } from '../../domain/ledger/categorical-sum.ts';
import type { ColumnCounts, Partition, QueryCounts, SliceCounts } from '../../domain/ledger/entry.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';
import { QuerySum } from '../../domain/ledger/query-sum.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import type { RankedItem } from '../../domain/performance/metrics/ranked-item.ts';
import { addedToGrid } from '../../domain/policy/added-to-grid.ts';
import type { Dimension } from '../../domain/policy/dimension.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { expand } from '../../domain/policy/standard.ts';
import type { AssessmentInput } from '../../domain/report/assessment-input.ts';

export type Value = number | string | null;

/** One prediction of a model, with what turned out to be true where it is known. */
export interface Row {
  readonly day: string;
  readonly values: Readonly<Record<string, Value>>;
  readonly prediction: number;
  readonly label?: number;
  /** Where the model ranks. */
  readonly query?: string;
}

export const version = '3' as Version;
export const policyDigest = 'p'.repeat(64) as Digest;

export function policyOf(written: Partial<Parameters<typeof expand>[0]> = {}): Policy {
  return expand({
    model: 'bike-demand' as ModelName,
    task: { kind: 'regression' },
    sources: { predictions: { from: 'gateway' }, outcomes: { from: 'gateway' } },
    performance: { drop: { by: 0.25, of: 'relative' } },
    ...written,
  });
}

export function gridOf(rows: readonly Row[], dimensions: readonly Dimension[] = [], ranking?: Grid['ranking']): Grid {
  const names = Object.keys(rows[0]?.values ?? {});
  const features = names.map((name) => {
    const values = rows.flatMap((row) => row.values[name] ?? []);
    return values.every((value) => typeof value === 'number')
      ? ({ name, role: 'feature', kind: 'numeric', values } as const)
      : ({ name, role: 'feature', kind: 'categorical', values: values.map(String) } as const);
  });
  const prediction = { name: 'prediction', role: 'prediction', kind: 'numeric', values: rows.map((row) => row.prediction) } as const;
  return cutGrid('bike-demand' as ModelName, [...features, prediction], dimensions, { ...(ranking && { ranking }) });
}

/** Rows counted as the ledger counts them: one partition a day. */
export function countDays(grid: Grid, rows: readonly Row[]): Partition[] {
  const days = [...new Set(rows.map(({ day }) => day))].map((day) => ({ day, own: rows.filter((row) => row.day === day) }));
  const { dimensions } = grid;
  return days.map(({ day, own }) => ({
    day,
    version,
    ...countRows(grid, own),
    ...(dimensions && { slices: Object.fromEntries(countSlices(grid, dimensions, own)) }),
  }));
}

function countRows(grid: Grid, rows: readonly Row[]): SliceCounts {
  return { rows: rows.length, columns: countColumns(grid, rows), ...countOutcomes(grid, rows) };
}

/** Of dimensions by values alone. */
function countSlices(grid: Grid, dimensions: readonly Dimension[], rows: readonly Row[]): [string, SliceCounts][] {
  const coarse = { ...grid, columns: grid.columns.map(coarseColumn) };
  return dimensions.flatMap((dimension) => {
    if (dimension.by !== 'values') return [];
    return dimension.values.flatMap((value): [string, SliceCounts][] => {
      const own = rows.filter(({ values }) => values[dimension.column] === value);
      return own.length === 0 ? [] : [[`${dimension.name}=${value}`, countRows(coarse, own)]];
    });
  });
}

function countColumns(grid: Grid, rows: readonly Row[]): Record<string, ColumnCounts> {
  return Object.fromEntries(
    grid.columns.map((column) => {
      const sum = column.kind === 'numeric' ? numericSums(column)() : categoricalSums(column)();
      for (const row of rows) {
        const value = column.role === 'prediction' ? row.prediction : (row.values[column.name] ?? null);
        if (value === null) sum.addNull();
        else (sum.add as (value: Value) => void).call(sum, column.kind === 'numeric' ? value : String(value));
      }
      return [column.name, sum.counts()];
    }),
  );
}

function countOutcomes(grid: Grid, rows: readonly Row[]): Pick<Partition, 'outcomes'> {
  const sum = outcomeSums(grid, 'numeric')();
  const labelled = rows.filter(({ label }) => label !== undefined);
  for (const { prediction, label } of labelled) sum.add(prediction, label as number, 1);
  if (labelled.length === 0) return {};
  return { outcomes: { ...sum.counts(), ...(grid.ranking && { queries: countQueries(labelled, grid.ranking.at) }) } };
}

function countQueries(rows: readonly Row[], at: number): QueryCounts {
  const queries = new Map<string | undefined, RankedItem[]>();
  for (const { query, prediction, label } of rows) {
    queries.set(query, [...(queries.get(query) ?? []), { score: prediction, relevance: label as number }]);
  }
  const sum = new QuerySum(at);
  for (const items of queries.values()) sum.add(items, 1);
  return sum.counts();
}

/** A check of `window` against `past`, both whole days, with what came between; the labels have all matured. */
export function checkOf(
  past: readonly Row[],
  window: readonly Row[],
  policy: Policy = policyOf(),
  earlier: readonly Row[] = [],
): AssessmentInput {
  const grid = gridOf(past, policy.segments, addedToGrid(policy).ranking);
  const days = countDays(grid, window);
  const to = nextDay(window.at(-1)?.day ?? '2011-06-29');
  const span = { from: eventTime(Date.parse(to) - policy.watch.windowDays * 86_400_000), to };
  const body: Baseline = {
    kind: 'baseline',
    schemaVersion: 1,
    madeFrom: [],
    model: policy.model,
    version,
    grid: 'f'.repeat(64) as Digest,
    from: 'production',
    window: { from: eventTime(past[0]?.day ?? 0), to: nextDay(past.at(-1)?.day ?? '2011-01-01') },
    entries: [],
    rows: past.length,
    takenAt: to,
  };
  return {
    policy,
    policyDigest,
    asOf: to,
    version,
    grid,
    baseline: { digest: 'b'.repeat(64) as Digest, body, days: countDays(grid, past) },
    window: span,
    maturedWindow: span,
    windowDays: { inputs: days, matured: days, earlier: countDays(grid, earlier) },
    outcomesExpected: window.length,
    entriesDigest: 'e'.repeat(64) as Digest,
    anomalies: {},
    lookEveryDays: 1,
  };
}

function nextDay(day: string): EventTime {
  return eventTime(Date.parse(day) + 86_400_000);
}
