import { daysBetween } from '../identity/event-time.ts';
import type { Partition } from '../ledger/entry.ts';
import type { AssessmentInput } from '../report/assessment-input.ts';
import type { Signal } from '../report/report.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { assessFloor } from './assess-floor.ts';
import { assessPerformance, type PerformanceStandards } from './assess-performance.ts';
import { fewestMaturedRows } from './matured-rows.ts';
import { measurePerformance, type OutcomeDay, type PerformanceMeasure } from './measure-performance.ts';
import { recentDays } from './recent-days.ts';

/**
 * Performance of the watched version on its matured rows: `drop` over the whole matured window, `sudden` over its newest days (the
 * fewest that hold 30 outcomes), both against the baseline's anchor, and the hard limit where the policy has one. None without an
 * outcome source: then performance is not watched at all.
 */
export function assessOutcomes(input: AssessmentInput, level: number): Signal[] {
  const { policy, baseline, version, maturedWindow, windowDays } = input;
  if (policy.sources.outcomes === undefined) return [];
  const { metric, drop, sudden, floor } = policy.performance;
  const unit = predictionUnit(input);
  const anchor = outcomeDays(baseline?.days ?? [], version);
  const matured = outcomeDays(windowDays.matured, version);
  const newest = recentDays(matured, fewestMaturedRows);

  const whole = measurePerformance(metric, unit, anchor, matured, daysBetween(maturedWindow.from, maturedWindow.to));
  const recent = measurePerformance(metric, unit, anchor, newest, new Set(newest.map(({ day }) => day)).size);
  const rules: readonly [PerformanceMeasure, Pick<PerformanceStandards, 'rule' | 'limit'>][] = [
    [whole, { rule: 'drop', limit: drop }],
    [recent, { rule: 'sudden', limit: sudden }],
  ];
  const adjusted = benjaminiHochberg(rules.map(([{ test }]) => (test.kind === 'none' ? 1 : test.pValue)));
  const judged = rules.map(([measured, rule], index) =>
    assessPerformance(measured, { ...rule, level, adjustedPValue: adjusted[index] as number }),
  );
  const signals = floor === undefined ? judged : [...judged, assessFloor(whole, floor)];
  return input.outcomesExpected > 0 ? signals.map((signal) => withLabelledShare(signal, whole.rows / input.outcomesExpected)) : signals;
}

function outcomeDays(partitions: readonly Partition[], version: Partition['version']): OutcomeDay[] {
  return partitions.flatMap(({ day, version: by, outcomes }) => (by === version && outcomes !== undefined ? [{ day, outcomes }] : []));
}

function predictionUnit({ grid }: AssessmentInput): number {
  const prediction = grid.columns.find(({ role }) => role === 'prediction');
  return prediction?.kind === 'numeric' ? prediction.unit : 1;
}

function withLabelledShare(signal: Signal, labelledShare: number): Signal {
  return { ...signal, statistics: { ...signal.statistics, labelledShare } };
}
