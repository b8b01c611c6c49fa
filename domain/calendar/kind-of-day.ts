import type { Policy } from '../policy/policy.ts';

/**
 * What a day has in common with those it is like: nothing to tell apart without a season, its weekday where weekdays or hours of the week recur,
 * its day of the month. A day as `YYYY-MM-DD` in wall time.
 */
export function kindOfDay(season: Policy['baseline']['season'], day: string): string {
  if (season === 'none') return '';
  return season === 'dayOfMonth' ? day.slice(8, 10) : String(new Date(day).getUTCDay());
}

/** A day is held against those like it where the baseline has at least so many: fewer tell next to nothing. */
export const fewestLike = 4;

/** What is lacking where it has not, in words. */
export function likeDaysNeeded(season: Policy['baseline']['season']): string {
  return `${fewestLike} days of baseline on the same ${season === 'dayOfMonth' ? 'day of the month' : 'weekday'}`;
}
