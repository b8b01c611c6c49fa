import { assessDrift } from '../drift/assess-drift.ts';
import { assessQualityOfAll } from '../drift/assess-quality-of-all.ts';
import type { Grid, GridColumn } from '../grid/grid.ts';
import type { EventTime } from '../identity/event-time.ts';
import { lookEveryDays } from '../ledger/look-every-days.ts';
import { conclude } from '../report/conclude.ts';
import { falseAlarmLevel } from '../report/false-alarm-level.ts';
import type { Judgement } from '../report/report.ts';
import { type CheckedColumn, type CheckedTable, type CheckReport, verdictOf } from './check-report.ts';
import { checkedColumn } from './checked-column.ts';
import { checkedFlaw } from './checked-flaw.ts';
import { checkedPerformance } from './checked-performance.ts';
import { checkedSegment } from './checked-segment.ts';
import { checkedTable, doubtOf, overlap } from './checked-table.ts';
import type { JudgedOutcomes, judgeOutcomes } from './judge-outcomes.ts';
import { outcomeInput } from './outcome-input.ts';
import { sayCheck } from './say-check.ts';
import { labelledRows, sayOutcomes } from './say-outcomes.ts';
import { ignoredColumns, type Tables, tableDriftInput } from './table-drift-input.ts';
import { uncheckedCritical, unknownColumns } from './unknown-columns.ts';

export interface Comparison extends Tables {
  /** Judges performance; absent: it is not judged. It is handed in because it need not be loaded where no outcomes are named. */
  readonly judge?: typeof judgeOutcomes;
  /** By when outcomes were taken, in wall time; absent: at the end of the data. */
  readonly asOf?: EventTime;
  readonly notes: readonly string[];
}

/**
 * One table against another, by the same measures and rules by which production is judged: an effect must reach its threshold and
 * survive the test. Where both carry outcomes, performance is judged too, and what drift and outcomes say of each other. It is inconclusive also when a larger share of either table had to be left out than may go missing from a column.
 *
 * Cost O(columns × days × cells).
 */
export function compareTables(comparison: Comparison): CheckReport {
  const { baseline, data, grid } = comparison;
  const ignored = ignoredColumns(comparison);
  const input = tableDriftInput(comparison, new Set(ignored.map(({ column }) => column)));
  const level = falseAlarmLevel(input.policy.watch.falseAlarms, lookEveryDays(input.policy.watch.schedule));
  const quality = assessQualityOfAll(input, level.layer);
  const outcomes = comparison.judge && outcomeInput(input, comparison);
  const found = assessDrift(input, level.layer);
  const { drift: judged, performance, ...explained } = (outcomes && comparison.judge?.(outcomes, found, level.layer)) ?? nothingOf(found);
  const drift = judged.filter(({ segment }) => segment === undefined);
  const [before, now] = [baseline, data].map((table) => checkedTable(table, comparison.rowsAreIndependent)) as [CheckedTable, CheckedTable];
  const outcome = conclude([...performance, ...quality, ...drift], now.rows);
  const doubt = [
    ...[doubtOf('baseline', before, input.policy), doubtOf('data', now, input.policy)].filter((why) => why !== undefined),
    ...uncheckedCritical(comparison.policy, comparison),
  ];
  const report: Omit<CheckReport, 'says'> = {
    schemaVersion: 1,
    verdict: outcome === 'pass' && doubt.length > 0 ? 'inconclusive' : verdictOf[outcome],
    window: { ...now, ...(outcomes && { labelled: labelledRows(outcomes.input.windowDays.matured) }) },
    baseline: { ...before, ...(outcomes && { labelled: labelledRows(outcomes.input.baseline?.days ?? []) }) },
    test: testOf(drift),
    falseAlarmLevel: level.look,
    columns: byReach(drift.map((signal) => checkedColumn(columnNamed(grid, signal.subject), signal, quality, comparison))),
    performance: performance.map(checkedPerformance),
    ...explained,
    ...(policySegments(comparison) && { segments: judged.flatMap(checkedSegment) }),
    ignored,
    quality: {
      flaws: quality.map(checkedFlaw).sort((a, b) => worstFirst[a.verdict] - worstFirst[b.verdict]),
      missingColumns: baseline.columns.filter((name) => !data.columns.includes(name)),
      newColumns: data.columns.filter((name) => !baseline.columns.includes(name)),
    },
    notes: [
      ...comparison.notes,
      ...unknownColumns(comparison.policy, comparison),
      ...(outcomes ? sayOutcomes(outcomes) : []),
      ...overlap(before, now),
      ...doubt,
    ],
  };
  return { ...report, says: sayCheck(report) };
}

const worstFirst = { alarm: 0, inconclusive: 1, steady: 2 } as const;

function nothingOf(drift: readonly Judgement[]): JudgedOutcomes {
  return { drift, performance: [] };
}

function testOf(drift: readonly Judgement[]): CheckReport['test'] {
  const tested = drift.find(({ pValueKind }) => pValueKind !== undefined);
  return { kind: tested?.pValueKind ?? 'none', blocks: tested?.statistics.blocks ?? 0 };
}

function policySegments({ grid }: Comparison): boolean {
  return grid.dimensions !== undefined;
}

function byReach(columns: readonly CheckedColumn[]): CheckedColumn[] {
  const reach = ({ effect }: CheckedColumn) => (effect === undefined || effect.threshold === 0 ? 0 : effect.value / effect.threshold);
  return [...columns].sort((a, b) => worstFirst[a.verdict] - worstFirst[b.verdict] || reach(b) - reach(a));
}

function columnNamed(grid: Grid, name: string): GridColumn {
  return grid.columns.find((column) => column.name === name) as GridColumn;
}
