import { columnDays } from '../drift/column-day.ts';
import { type ColumnTotals, totalColumn } from '../drift/column-totals.ts';
import { type LeadingEffect, leadingEffect } from '../drift/leading-effect.ts';
import { type ColumnStatistics, measureStatistics } from '../drift/measure-statistics.ts';
import type { Grid, GridColumn } from '../grid/grid.ts';
import { canonicalJson } from '../identity/canonical-json.ts';
import type { Digest } from '../identity/names.ts';
import type { Partition } from '../ledger/entry.ts';
import type { Policy } from '../policy/policy.ts';
import type { Baseline } from './baseline.ts';

/** A baseline with the days it is the sum of. */
export interface CountedBaseline {
  readonly digest: Digest;
  readonly body: Baseline;
  readonly grid: Grid;
  readonly days: readonly Partition[];
}

/** What moved between two baselines of a model. */
export interface BaselineDiff {
  readonly before: BaselineSummary;
  readonly after: BaselineSummary;
  /** In both, furthest over its threshold first. */
  readonly columns: readonly MovedColumn[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export interface BaselineSummary extends Pick<Baseline, 'version' | 'from' | 'window' | 'rows' | 'grid' | 'takenAt'> {
  readonly digest: Digest;
  /** Rows whose outcome is known. */
  readonly outcomes: number;
}

export interface MovedColumn {
  readonly column: string;
  readonly kind: GridColumn['kind'];
  readonly role: GridColumn['role'];
  readonly before: ColumnSummary;
  readonly after: ColumnSummary;
  /** As in a report, `before` as its baseline; none when the two were counted on different cells. */
  readonly statistics: ColumnStatistics;
  readonly effect?: LeadingEffect;
  readonly sameCells: boolean;
}

export interface ColumnSummary {
  readonly rows: number;
  /** Rows that hold nothing, no number, or another type. */
  readonly unsound: number;
  /** Of numbers: mean and standard deviation (ddof 0). */
  readonly mean?: number;
  readonly sigma?: number;
}

/**
 * Holds one baseline against another, column by column. Cells that differ cannot be compared: of such columns rows, means and sigmas are
 * told and no distance. No p-value either: two baselines are no window and its past.
 *
 * @param effects thresholds the largest effect of a column is told by
 *
 * Cost O(columns x (days + cells)).
 */
export function compareBaselines(before: CountedBaseline, after: CountedBaseline, effects: Policy['watch']['effects']): BaselineDiff {
  const twins = before.grid.columns.flatMap((column) => {
    const twin = after.grid.columns.find(({ name }) => name === column.name);
    return twin === undefined ? [] : [compareColumn(totalOf(column, before), totalOf(twin, after), effects)];
  });
  return {
    before: summaryOf(before),
    after: summaryOf(after),
    columns: twins.sort((a, b) => reach(b) - reach(a) || (a.column < b.column ? -1 : 1)),
    onlyBefore: namesWithout(before.grid, after.grid),
    onlyAfter: namesWithout(after.grid, before.grid),
  };
}

interface TotalledColumn {
  readonly column: GridColumn;
  readonly totals: ColumnTotals;
}

function totalOf(column: GridColumn, { days }: CountedBaseline): TotalledColumn {
  const counts = columnDays(days, column.name).map((day) => day.counts);
  return { column, totals: totalColumn(column, counts) };
}

function compareColumn(before: TotalledColumn, after: TotalledColumn, effects: Policy['watch']['effects']): MovedColumn {
  const { column } = before;
  const sameCells = canonicalJson(column) === canonicalJson(after.column);
  const isMeasured = sameCells && before.totals.valued > 0 && after.totals.valued > 0;
  const statistics = isMeasured ? measureStatistics(column, before.totals, after.totals, []) : {};
  const effect = leadingEffect(column, statistics, effects);
  return {
    column: column.name,
    kind: after.column.kind,
    role: column.role,
    before: columnSummary(before.totals),
    after: columnSummary(after.totals),
    statistics,
    ...(effect && { effect }),
    sameCells,
  };
}

function columnSummary({ rows, valued, mean, variance }: ColumnTotals): ColumnSummary {
  return {
    rows,
    unsound: rows - valued,
    ...(mean !== undefined && { mean }),
    ...(variance !== undefined && { sigma: Math.sqrt(variance) }),
  };
}

function summaryOf({ digest, body, days }: CountedBaseline): BaselineSummary {
  const { version, from, window, rows, grid, takenAt } = body;
  const outcomes = days.reduce((sum, day) => sum + (day.outcomes?.matched ?? 0), 0);
  return { digest, version, from, window, rows, outcomes, grid, takenAt };
}

function reach({ effect }: MovedColumn): number {
  return effect === undefined ? -1 : effect.value / effect.threshold;
}

function namesWithout(grid: Grid, other: Grid): string[] {
  return grid.columns.map(({ name }) => name).filter((name) => !other.columns.some((column) => column.name === name));
}
