import { daysLike, pastBlocks } from '../../calendar/past-blocks.ts';
import { smallestGroup } from '../../drift/publishable-bars.ts';
import type { Partition } from '../../ledger/entry.ts';
import { labelledOutcomes } from '../../ledger/labelled-outcomes.ts';
import type { OutcomeInput } from '../../report/assessment-input.ts';
import { historyBlocks } from '../../statistics/history-blocks.ts';
import { outcomeScale } from '../outcome-scale.ts';
import { type ErrorDay, errorDays } from './error-day.ts';
import { measureKinds } from './error-kinds.ts';
import type { ErrorPatterns } from './error-patterns.ts';
import { measureRanges, testRise } from './error-ranges.ts';
import { sayErrors } from './say-errors.ts';

const fewestRows = 30;

/**
 * Where the errors of the matured window lie that the baseline did not have: in which ranges of which columns, on which days, of which kinds. Where
 * rows have no time there are parts of rows in place of days, of which none is told.
 * Undefined where no errors were counted by cell, or under 30 rows before or now.
 *
 * Cost O(columns × cells × days).
 */
export function measureErrors(input: OutcomeInput): ErrorPatterns | undefined {
  const { policy, grid, baseline, version, windowDays, maturedWindow, rowsAreIndependent } = input;
  const past = pastBlocks(policy.baseline.season, maturedWindow);
  const baselineDays = daysLike(baseline?.days ?? [], past);
  const [anchor, window] = [errorDays(baselineDays, version), errorDays(windowDays.matured, version)];
  if (rowsOf(anchor) < fewestRows || rowsOf(window) < fewestRows) return undefined;

  const scale = outcomeScale(grid, policy.task.kind === 'classification' ? policy.task.positive : undefined);
  const isQuantity = policy.task.kind === 'regression';
  const unit = isQuantity ? scale.unit : 1;
  const [before, now] = [meanLoss(anchor, unit), meanLoss(window, unit)];
  const history = rowsAreIndependent ? ('independentRows' as const) : historyBlocks(anchor, past, ({ rows }) => rows);
  const columns = grid.columns.filter(({ name }) => !policy.columns.ignored.includes(name));
  const days = rowsAreIndependent ? [] : window;
  const half = halfWithin(days, before, unit);
  const compared = { columns, unit, anchor, window, history, before, now, isShare: !isQuantity };
  const pValue = testRise(compared);
  const found = {
    loss: isQuantity ? 'absoluteError' : 'wrongAnswers',
    before,
    now,
    ...(pValue !== undefined && { pValue }),
    ...measureRanges(compared),
    days: days.filter(({ rows }) => rows >= smallestGroup).map((day) => ({ day: day.day, rows: day.rows, loss: meanLoss([day], unit) })),
    ...(half !== undefined && { halfWithinDays: half }),
    kinds: measureKinds(outcomesOf(baselineDays, version), outcomesOf(windowDays.matured, version), scale),
  } as const;
  return { ...found, says: sayErrors(found) };
}

function rowsOf(days: readonly ErrorDay[]): number {
  return days.reduce((sum, { rows }) => sum + rows, 0);
}

function meanLoss(days: readonly ErrorDay[], unit: number): number {
  return (lossOf(days) * unit) / rowsOf(days);
}

function lossOf(days: readonly ErrorDay[]): number {
  return days.reduce((sum, { columns }) => sum + (Object.values(columns)[0]?.loss ?? []).reduce((loss, cell) => loss + cell, 0), 0);
}

/** Share of the rows on the fewest days that hold half of the loss above what was usual. */
function halfWithin(window: readonly ErrorDay[], before: number, unit: number): number | undefined {
  const days = window
    .filter(({ rows }) => rows > 0)
    .map((day) => ({ rows: day.rows, excess: lossOf([day]) * unit - before * day.rows }))
    .filter(({ excess }) => excess > 0)
    .sort((a, b) => b.excess / b.rows - a.excess / a.rows);
  const all = days.reduce((sum, { excess }) => sum + excess, 0);
  if (all <= 0 || meanLoss(window, unit) <= before) return undefined;
  let [held, rows] = [0, 0];
  for (const day of days) {
    const part = Math.min(1, (all / 2 - held) / day.excess);
    rows += part * day.rows;
    held += part * day.excess;
    if (part < 1) break;
  }
  return rows / rowsOf(window);
}

function outcomesOf(partitions: readonly Partition[], version: Partition['version']) {
  return partitions.flatMap((partition) => (partition.version === version ? (labelledOutcomes(partition) ?? []) : []));
}
