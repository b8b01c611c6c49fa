import { addOutcomes } from '../ledger/add-counts.ts';
import type { OutcomeCounts } from '../ledger/entry.ts';
import type { OutcomeDay } from './outcome-day.ts';

/** The fewest newest days whose outcomes are enough together; all days when they are not. */
export function recentDays(days: readonly OutcomeDay[], isEnough: (outcomes: OutcomeCounts) => boolean): OutcomeDay[] {
  const newestFirst = [...new Set(days.map(({ day }) => day))].sort().reverse();
  const recent: OutcomeDay[] = [];
  let sum: OutcomeCounts | undefined;
  for (const date of newestFirst) {
    const more = days.filter(({ day }) => day === date);
    recent.push(...more);
    sum = more.reduce<OutcomeCounts | undefined>((before, { outcomes }) => (before ? addOutcomes(before, outcomes) : outcomes), sum);
    if (sum !== undefined && isEnough(sum)) break;
  }
  return recent;
}
