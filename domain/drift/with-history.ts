import { daysLike, pastBlocks } from '../calendar/past-blocks.ts';
import type { GridColumn } from '../grid/grid.ts';
import type { Partition } from '../ledger/entry.ts';
import { columnsInRole } from '../policy/columns-in-role.ts';
import type { AssessmentInput } from '../report/assessment-input.ts';
import type { Judgement } from '../report/report.ts';
import { slopeT } from '../statistics/slope.ts';
import { columnDays } from './column-day.ts';
import { totalDays } from './column-totals.ts';
import { measureEffect, type StatisticName } from './measure-statistics.ts';

const fewestRows = 30;
const fewestPoints = 4;
const mostEarlier = 8;

/**
 * Adds to what is told of each column the way it came: its effect in earlier windows against the same baseline, the oldest first, up to this
 * one; and, of four windows or more, how much it rises from one to the next, with Student's t of that slope. It tells whether a column has
 * been moving away, and alarms of nothing. Of PSI and Jensen-Shannon it is less what independent rows show.
 *
 * Windows of under 30 rows with a value end the way. Cost O(columns × windows × cells).
 */
export function withHistory(judgements: readonly Judgement[], input: AssessmentInput): Judgement[] {
  const { policy, grid, baseline, version, window, windowDays } = input;
  const past = pastBlocks(policy.baseline.season, window);
  const windows = [...withoutGap(windowDays.before ?? []), windowDays.inputs];
  if (baseline === undefined || windows.length < 2) return [...judgements];
  const columns = new Map(columnsInRole(grid, policy).map((column) => [column.name, column]));
  const baselineDays = daysLike(baseline.days, past);
  return judgements.map((judgement) => {
    const column = columns.get(judgement.subject);
    const isDrift = judgement.layer === 'inputs' || judgement.layer === 'predictions';
    if (column === undefined || !isDrift || judgement.segment !== undefined || judgement.value === undefined) return judgement;
    const own = (days: readonly Partition[]) => (column.role === 'feature' ? days : days.filter((day) => day.version === version));
    const history = historyOf(column, judgement.statistic as StatisticName, own(baselineDays), windows.map(own));
    return history.length < 2 ? judgement : { ...judgement, history, statistics: { ...judgement.statistics, ...riseOf(history) } };
  });
}

/** A way is followed back to the first window that is missing, at most eight; the oldest comes first. */
function withoutGap(before: readonly (readonly Partition[])[]): (readonly Partition[])[] {
  const gap = before.findIndex((partitions) => partitions.length === 0);
  return before.slice(0, gap < 0 ? mostEarlier : Math.min(gap, mostEarlier)).toReversed();
}

function historyOf(
  column: GridColumn,
  statistic: StatisticName,
  baseline: readonly Partition[],
  windows: readonly (readonly Partition[])[],
): number[] {
  const totalsOf = (days: readonly Partition[]) => totalDays(column, columnDays(days, column.name));
  const before = totalsOf(baseline);
  const effects = windows.map((days) => {
    const now = totalsOf(days);
    return now.valued < fewestRows ? undefined : measureEffect(column, statistic, before, now);
  });
  return effects.slice(effects.lastIndexOf(undefined) + 1).flatMap((effect) => effect ?? []);
}

function riseOf(history: readonly number[]): Record<string, number> {
  const line = history.length < fewestPoints ? undefined : slopeT(history.map((effect, at) => [at, effect]));
  return line === undefined ? {} : { effectRisePerWindow: line.slope, effectRisePValue: line.pGreater };
}
