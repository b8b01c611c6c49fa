import { type ColumnTotals, totalColumn } from '../drift/column-totals.ts';
import { mostOf } from '../drift/judged-effect.ts';
import { measureEffect, type StatisticName } from '../drift/measure-statistics.ts';
import { toldNames } from '../drift/told-names.ts';
import type { GridColumn } from '../grid/grid.ts';
import { kindOf } from '../grid/kind-of.ts';
import type { ColumnCounts } from '../ledger/entry.ts';
import type { Judgement } from '../report/report.ts';
import { shortName } from '../report/short-name.ts';
import { type CheckedColumn, verdictOf } from './check-report.ts';
import { type CountedTable, countsOf, rangeOf } from './counted-table.ts';
import { effectInterval } from './effect-interval.ts';

/** What became of one column: its movement, its flaws, and what both rest on. */
export function checkedColumn(
  column: GridColumn,
  signal: Judgement,
  quality: readonly Judgement[],
  { baseline, data }: { readonly baseline: CountedTable; readonly data: CountedTable },
): CheckedColumn {
  const flaws = quality.filter(({ subject }) => subject === signal.subject);
  const own = [signal, ...flaws];
  const [before, now] = [countsOf(baseline, column.name), countsOf(data, column.name)];
  const [p, q] = [totalColumn(column, before), totalColumn(column, now)];
  const { value, threshold, statistic, interval, pValue, pValueKind, adjustedPValue, distribution, missing } = signal;
  const effect = value !== undefined && threshold !== undefined ? { statistic, value, threshold } : undefined;
  const effectOf = (one: ColumnTotals, other: ColumnTotals) => measureEffect(column, statistic as StatisticName, one, other);
  const around =
    interval ?? (effect && effectInterval(column, { value: effect.value, most: mostOf(statistic), of: effectOf }, before, now));
  return {
    column: column.name,
    kind: kindOf(column),
    layer: signal.layer,
    critical: signal.critical,
    verdict: verdictOf[own.some(({ outcome }) => outcome === 'fail') ? 'fail' : signal.outcome],
    movement: verdictOf[signal.outcome],
    reasons: own.filter(({ outcome }) => outcome !== 'pass').map(({ says }) => says),
    ...(missing !== undefined && { missing }),
    rows: { baseline: p.valued, window: q.valued },
    nulls: { baseline: p.nulls, window: q.nulls },
    statistics: signal.statistics,
    ...(effect && { effect }),
    ...(around && { interval: around }),
    ...(pValue !== undefined && { pValue }),
    ...(pValueKind !== undefined && { pValueKind }),
    ...(adjustedPValue !== undefined && { adjustedPValue }),
    ...(distribution && { distribution }),
    evidence: evidenceOf(before, now),
  };
}

function evidenceOf(before: readonly ColumnCounts[], now: readonly ColumnCounts[]): CheckedColumn['evidence'] {
  const [baseline, window] = [rangeOf(before), rangeOf(now)];
  const fresh = toldNames(now)?.frequent;
  return {
    ...(baseline || window ? { range: { ...(baseline && { baseline }), ...(window && { window }) } } : {}),
    ...(fresh && { newCategories: Object.fromEntries(fresh.map(([name, rows]) => [shortName(name), rows])) }),
  };
}
