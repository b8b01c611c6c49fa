import { assessDrift, type DriftInput } from '../drift/assess-drift.ts';
import { assessQualityOfAll } from '../drift/assess-quality-of-all.ts';
import { totalColumn } from '../drift/column-totals.ts';
import type { Grid, GridColumn } from '../grid/grid.ts';
import { type EventTime, eventTime, plusDays } from '../identity/event-time.ts';
import { lookEveryDays } from '../ledger/look-every-days.ts';
import { unversioned } from '../ledger/unversioned.ts';
import type { Policy } from '../policy/policy.ts';
import type { TimeSpan } from '../report/assessment-input.ts';
import { conclude } from '../report/conclude.ts';
import { falseAlarmLevel } from '../report/false-alarm-level.ts';
import type { Judgement } from '../report/report.ts';
import { sayShare } from '../report/say-number.ts';
import {
  type CheckedColumn,
  type CheckedSegment,
  type CheckedTable,
  type CheckReport,
  type QualityFlaw,
  verdictOf,
} from './check-report.ts';
import { checkedColumn } from './checked-column.ts';
import { checkedPerformance } from './checked-performance.ts';
import { type CountedTable, countsOf, rangeOf } from './counted-table.ts';
import type { JudgedOutcomes, judgeOutcomes } from './judge-outcomes.ts';
import { outcomeInput } from './outcome-input.ts';
import { reasonToIgnore } from './reason-to-ignore.ts';
import type { SampleLook } from './sample-look.ts';
import { sayCheck } from './say-check.ts';
import { labelledRows, sayOutcomes } from './say-outcomes.ts';
import { spanOf } from './span-of.ts';
import { uncheckedCritical, unknownColumns } from './unknown-columns.ts';

export interface Comparison {
  /** Its critical columns decide; where it names none, every column does. */
  readonly policy: Policy;
  readonly grid: Grid;
  /** Of columns of the baseline that measure nothing. */
  readonly looks: Readonly<Record<string, SampleLook>>;
  readonly baseline: CountedTable;
  readonly data: CountedTable;
  readonly rowsAreIndependent: boolean;
  /** Judges performance; absent: it is not judged. It is handed in because it need not be loaded where no outcomes are named. */
  readonly judge?: typeof judgeOutcomes;
  /** By when outcomes were taken, in wall time; absent: at the end of the data. */
  readonly asOf?: EventTime;
  readonly notes: readonly string[];
}

/** Lines that are no rows, and rows without a usable time: these could be anything. */
const leftOut = ['malformed', 'missing-time', 'future-time'];

/**
 * One table against another, by the same measures and rules by which production is judged: an effect must reach its threshold and
 * survive the test. Where both carry outcomes, performance is judged too, and what drift and outcomes say of each other. It is inconclusive also when a larger share of either table had to be left out than may go missing from a column.
 *
 * Cost O(columns × days × cells).
 */
export function compareTables(comparison: Comparison): CheckReport {
  const { baseline, data, grid } = comparison;
  const ignored = ignoredColumns(comparison);
  const input = driftInput(comparison, new Set(ignored.map(({ column }) => column)));
  const level = falseAlarmLevel(input.policy.watch.falseAlarms, lookEveryDays(input.policy.watch.schedule));
  const quality = assessQualityOfAll(input, level.layer);
  const outcomes = comparison.judge && outcomeInput(input, comparison);
  const found = assessDrift(input, level.layer);
  const { drift: judged, performance, ...explained } = (outcomes && comparison.judge?.(outcomes, found, level.layer)) ?? nothingOf(found);
  const drift = judged.filter(({ segment }) => segment === undefined);
  const [before, now] = [checkedTable(baseline, comparison), checkedTable(data, comparison)];
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
      flaws: quality.map(qualityFlaw).sort((a, b) => worstFirst[a.verdict] - worstFirst[b.verdict]),
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

function ignoredColumns({ policy, grid, looks, baseline, data }: Comparison): { column: string; reason: string }[] {
  const byPolicy = policy.columns.ignored.map((column) => ({ column, reason: 'by the policy' }));
  const byData = grid.columns.flatMap((column) => {
    const look = looks[column.name];
    const [before, now] = [countsOf(baseline, column.name), countsOf(data, column.name)];
    const range = rangeOf([...before, ...now]);
    const pair = {
      kind: column.kind,
      ...(look && { look }),
      baseline: totalColumn(column, before),
      window: totalColumn(column, now),
      ...(range && { range }),
    };
    const reason = reasonToIgnore(pair);
    return reason === undefined ? [] : [{ column: column.name, reason }];
  });
  return [...byPolicy, ...byData];
}

function driftInput({ policy, grid, baseline, data, rowsAreIndependent }: Comparison, ignored: ReadonlySet<string>): DriftInput {
  const { critical } = policy.columns;
  const columns = {
    ...policy.columns,
    critical: critical.length > 0 ? critical : grid.columns.map(({ name }) => name),
    ignored: [...policy.columns.ignored, ...ignored],
  };
  // Parts of a table have no season.
  const baselineRules = rowsAreIndependent ? ({ ...policy.baseline, season: 'none' } as const) : policy.baseline;
  return {
    policy: { ...policy, columns, baseline: baselineRules },
    grid,
    version: unversioned,
    window: spanOf(data.partitions) ?? after(spanOf(baseline.partitions)),
    windowDays: { inputs: data.partitions },
    baseline: { days: baseline.partitions },
    ...(rowsAreIndependent ? { rowsAreIndependent } : {}),
  };
}

/** The day on which data without rows would begin: all of the baseline lies before it. */
function after(baseline: TimeSpan | undefined): TimeSpan {
  const at = baseline?.to ?? eventTime(0);
  return { from: at, to: plusDays(at, 1) };
}

function checkedTable({ files, partitions, anomalies }: CountedTable, { rowsAreIndependent }: Comparison): CheckedTable {
  const span = rowsAreIndependent ? undefined : spanOf(partitions);
  return { files, rows: partitions.reduce((sum, { rows }) => sum + rows, 0), ...span, anomalies };
}

function doubtOf(which: string, { rows, anomalies }: CheckedTable, { watch }: Policy): string | undefined {
  const lost = leftOut.reduce((sum, kind) => sum + (anomalies[kind] ?? 0), 0);
  if (lost === 0 || lost <= watch.effects.nullPoints * (rows + lost)) return undefined;
  return `${lost} of ${rows + lost} rows of the ${which} could not be used; a check needs ${sayShare(1 - watch.effects.nullPoints)} of them.`;
}

function nothingOf(drift: readonly Judgement[]): JudgedOutcomes {
  return { drift, performance: [] };
}

function overlap(before: CheckedTable, now: CheckedTable): string[] {
  if (before.to === undefined || now.from === undefined || now.from >= before.to) return [];
  return ['The data begin before the baseline ends: what stands in both hides a movement.'];
}

function testOf(drift: readonly Judgement[]): CheckReport['test'] {
  const tested = drift.find(({ pValueKind }) => pValueKind !== undefined);
  return { kind: tested?.pValueKind ?? 'none', blocks: tested?.statistics.blocks ?? 0 };
}

function policySegments({ grid }: Comparison): boolean {
  return grid.dimensions !== undefined;
}

function checkedSegment({ segment, subject, outcome, statistic, value, threshold, adjustedPValue, says }: Judgement): CheckedSegment[] {
  if (segment === undefined) return [];
  return [
    {
      segment,
      column: subject,
      verdict: verdictOf[outcome],
      ...(value !== undefined && threshold !== undefined && { effect: { statistic, value, threshold } }),
      ...(adjustedPValue !== undefined && { adjustedPValue }),
      says,
    },
  ];
}

function qualityFlaw(signal: Judgement): QualityFlaw {
  const { subject, statistic, outcome, statistics, threshold, pValue, pValueKind, adjustedPValue, says } = signal;
  return {
    column: subject,
    flaw: statistic,
    verdict: verdictOf[outcome],
    share: statistics.share ?? 0,
    shareInBaseline: statistics.shareInBaseline ?? 0,
    threshold: threshold ?? 0,
    ...(pValue !== undefined && { pValue }),
    ...(pValueKind !== undefined && { pValueKind }),
    ...(adjustedPValue !== undefined && { adjustedPValue }),
    says,
  };
}

function byReach(columns: readonly CheckedColumn[]): CheckedColumn[] {
  const reach = ({ effect }: CheckedColumn) => (effect === undefined || effect.threshold === 0 ? 0 : effect.value / effect.threshold);
  return [...columns].sort((a, b) => worstFirst[a.verdict] - worstFirst[b.verdict] || reach(b) - reach(a));
}

function columnNamed(grid: Grid, name: string): GridColumn {
  return grid.columns.find((column) => column.name === name) as GridColumn;
}
