import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { measureTrend, type TrendLine } from '../../domain/performance/measure-trend.ts';
import { normals } from '../gates/rows.ts';
import { daysOf, scale } from '../performance/outcome-days.ts';
import { daysOfErrors, type ErrorPlan } from './days-of-errors.ts';

export interface TrendPlan extends Omit<ErrorPlan, 'weeks' | 'factor'> {
  readonly baselineWeeks: number;
  readonly weeksSince: number;
  /** Relative, since the baseline. */
  readonly risePerWeek?: number;
}

/** The policy's default. */
const limit = { by: 0.03, of: 'relative' } as const;

/** The lines that are drawn through the mean errors of so many models, as a look draws them by the policy's defaults. */
export function trendLines({ baselineWeeks, weeksSince, risePerWeek = 0, ...plan }: TrendPlan, runs: number, seed: number): TrendLine[] {
  const normal = normals(seed);
  const factor = (week: number) => 1 + risePerWeek * Math.max(0, week - baselineWeeks);
  return Array.from({ length: runs }, () => {
    const days = daysOfErrors({ ...plan, weeks: baselineWeeks + weeksSince, factor }, normal);
    const anchor = days.slice(0, 7 * baselineWeeks);
    return measureTrend('mae', scale, days, { season: 'none', anchor, limit }).drawn as TrendLine;
  });
}

export interface MonthlyPlan {
  readonly season: 'none' | 'dayOfMonth';
  readonly daysSince: readonly [fewest: number, most: number];
  readonly risePerWeek: number;
}

const monthlyBaselineDays = 248;

/** Lines through mean errors of 60 that wander by 3 and are larger by 15 in the first five days of each month. */
export function monthlyTrendLines(
  { season, daysSince: [fewest, most], risePerWeek }: MonthlyPlan,
  runs: number,
  seed: number,
): TrendLine[] {
  const normal = normals(seed);
  return Array.from({ length: runs }, (_, run) => {
    const from = plusDays(eventTime('2023-01-01'), run);
    const since = fewest + (run % (most - fewest + 1));
    const errors = Array.from({ length: monthlyBaselineDays + since }, (_, day) => {
      const isEarly = Number(plusDays(from, day).slice(8, 10)) <= 5;
      return 60 + 3 * normal() + (isEarly ? 15 : 0) + (risePerWeek * Math.max(0, day - monthlyBaselineDays)) / 7;
    });
    const days = daysOf(from, errors);
    return measureTrend('mae', scale, days, { season, anchor: days.slice(0, monthlyBaselineDays), limit }).drawn as TrendLine;
  });
}

/** Whether a line led as far as its limit, and by no chance at this level. */
export function isTold({ line, value, threshold, pValue }: TrendLine, level: number): boolean {
  return line.slope > 0 && value >= threshold && pValue <= level;
}
