import { addOutcomes } from '../ledger/add-counts.ts';
import type { OutcomeCounts, Partition } from '../ledger/entry.ts';
import { labelledOutcomes } from '../ledger/labelled-outcomes.ts';
import type { OutcomeDay } from './outcome-day.ts';

/**
 * A version's outcomes by day, also where rows are counted by hours. Labels that are presumed where none came count as labels: right only
 * once those of the days have matured.
 */
export function outcomeDays(partitions: readonly Partition[], version: Partition['version']): OutcomeDay[] {
  const days = new Map<string, OutcomeCounts>();
  for (const partition of partitions) {
    const outcomes = partition.version === version ? labelledOutcomes(partition) : undefined;
    if (outcomes === undefined) continue;
    const day = partition.day.slice(0, 10);
    const before = days.get(day);
    days.set(day, before === undefined ? outcomes : addOutcomes(before, outcomes));
  }
  return [...days].map(([day, outcomes]) => ({ day, outcomes }));
}
