import type { OutcomeDay } from './measure-performance.ts';

/** The fewest newest days that have at least `rows` outcomes together; all days when they have fewer. */
export function recentDays(days: readonly OutcomeDay[], rows: number): OutcomeDay[] {
  const newestFirst = [...new Set(days.map(({ day }) => day))].sort().reverse();
  const recent: OutcomeDay[] = [];
  for (const date of newestFirst) {
    recent.push(...days.filter(({ day }) => day === date));
    if (recent.reduce((sum, { outcomes }) => sum + outcomes.matched, 0) >= rows) break;
  }
  return recent;
}
