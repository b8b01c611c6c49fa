import { daysLike, pastBlocks } from '../calendar/past-blocks.ts';
import type { Partition } from '../ledger/entry.ts';
import type { Judgement } from '../report/report.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import type { DriftInput } from './assess-drift.ts';
import { assessQuality } from './assess-quality.ts';
import { columnDays } from './column-day.ts';
import { type FlawShare, measureQuality } from './measure-quality.ts';
import { pastRule } from './past-rule.ts';

/**
 * Quality of every watched column. All flaws of all columns, and those measured beside, are one family; signals are given only for flaws
 * that were seen at all, in the window or in the baseline.
 */
export function assessQualityOfAll(input: DriftInput, level: number, beside: readonly FlawShare[] = []): Judgement[] {
  const { policy, grid, baseline, windowDays, window } = input;
  const blocks = pastBlocks(policy.baseline.season, window);
  const past = pastRule(blocks, input);
  const days = daysLike(baseline?.days ?? [], blocks);
  const ofColumns = grid.columns
    .filter(({ name }) => !policy.columns.ignored.includes(name))
    .flatMap((column) => {
      const of = (partitions: readonly Partition[]) => columnDays(partitions, column.name);
      const later = { effects: policy.watch.effects, level, windows: windowDays.before?.map(of) ?? [] };
      return measureQuality(column, of(days), of(windowDays.inputs), past, later);
    });
  const measured = [...ofColumns, ...beside];
  const adjusted = benjaminiHochberg(measured.map(({ test }) => (test.kind === 'none' ? 1 : test.pValue)));
  return measured.flatMap((flaw, index) => {
    if (flaw.share === 0 && flaw.reference === 0) return [];
    const standards = { effects: policy.watch.effects, critical: policy.columns.critical.includes(flaw.column), level };
    return [assessQuality(flaw, flaw.test.kind === 'none' ? standards : { ...standards, adjustedPValue: adjusted[index] as number })];
  });
}
