import { comparisonOf } from '../comparison.ts';
import type { EstimateRules } from './estimate-rules.ts';
import type { Expected, KnownDay } from './foresight.ts';

const millisecondsPerDay = 86_400_000;

export interface Estimate extends Omit<Expected, 'outcomes'> {
  readonly value: number;
}

/** What the metric of some rows is if signs mean what they meant on the newest days that have outcomes; undefined where it cannot be had. */
export function estimateMetric(
  { metric, scale, foresight, calibrationDays }: EstimateRules,
  known: readonly KnownDay[],
  rows: unknown,
): Estimate | undefined {
  const { outcomes, ...from } = foresight.expect(newestDays(known, calibrationDays), rows) ?? {};
  const value = outcomes && comparisonOf(metric, scale).metricOf([outcomes]);
  return value === undefined ? undefined : { value, ...(from as Omit<Expected, 'outcomes'>) };
}

/** The days from so many before the newest one on. */
export function newestDays<T extends { readonly day: string }>(days: readonly T[], length: number): T[] {
  const newest = Math.max(...days.map(({ day }) => Date.parse(day)));
  return days.filter(({ day }) => Date.parse(day) > newest - length * millisecondsPerDay);
}

/** A window whose outcomes are known by now, estimated as it would have been at its end: from the outcomes that were known then. */
export interface PastEstimate {
  /** `YYYY-MM-DD` of its newest day. */
  readonly to: string;
  readonly value: number;
  readonly truth: number;
}

/**
 * Such estimates of windows one after the other, the newest first; those that too few outcomes came before are left out.
 *
 * Cost O(windows × calibration days × cells).
 */
export function provedEstimates(rules: EstimateRules, known: readonly KnownDay[]): PastEstimate[] {
  return windowsOf(known, rules.windowDays).flatMap((window) => {
    const to = newestOf(window);
    const waiting = rules.delayDays * millisecondsPerDay;
    const by = known.filter(
      ({ day }) => Date.parse(day) < Date.parse(to) + millisecondsPerDay - waiting && !window.some((one) => one.day === day),
    );
    const truth = comparisonOf(rules.metric, rules.scale).metricOf(window.map(({ outcomes }) => outcomes));
    const isEnough = rules.foresight.lacksOf(by) === undefined;
    const value = isEnough ? estimateMetric(rules, by, rules.foresight.rowsOf(window))?.value : undefined;
    return truth === undefined || value === undefined ? [] : [{ to, value, truth }];
  });
}

/** Days cut into windows, the newest first; the last one may be short. */
export function windowsOf<T extends { readonly day: string }>(days: readonly T[], length: number): T[][] {
  const windows: T[][] = [];
  for (let left = days; left.length > 0; ) {
    const window = newestDays(left, length);
    left = left.filter((day) => !window.includes(day));
    windows.push(window);
  }
  return windows;
}

export function newestOf(days: readonly { readonly day: string }[]): string {
  return days.reduce((newest, { day }) => (day > newest ? day : newest), '');
}
