import { carriesOutcomes } from '../domain/check/counted-table.ts';
import type { TableProfile, TableReading } from '../domain/check/table-profile.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { OpenTable } from './open-table.ts';
import { outcomeReading } from './outcome-reading.ts';

/** Why performance is not judged, or not all of it, and what to do, so far as that was not told of the baseline already. */
export function outcomeNotes(policy: Policy, baseline: TableProfile, data: OpenTable): string[] {
  const { reading } = baseline;
  if (policy.sources.outcomes === undefined) return [unnamed(baseline)];
  if (reading.outcomes !== undefined) return carriesOutcomes(baseline.table) ? lackingNotes('The data have', data) : [];
  if (outcomeReading(policy) !== undefined)
    return [
      "The baseline's profile holds no outcomes, so performance is not judged. Count it anew: anchorwatch profile FILE --policy POLICY --output PROFILE.json.",
    ];
  return policy.task.kind === 'ranking'
    ? ['Performance is not judged: of tables it is where rows are right or wrong one by one, and here items are ranked.']
    : ['Performance is not judged: the policy has predictions or outcomes from the gateway, so it names no columns of theirs.'];
}

/** Columns that the policy names and a table lacks, and what follows. */
export function lackingNotes(tableHas: string, { reading, lacking }: Pick<OpenTable, 'reading' | 'lacking'>): string[] {
  return lacking.map((name) => `${tableHas} no column ${name}, ${whatFollows(reading, name)}`);
}

function whatFollows({ outcomes, score }: TableReading, name: string): string {
  if (outcomes?.label === name) return 'which the policy names as the label, so performance is not judged.';
  if (score === name) return 'so what is made of scores cannot be judged.';
  return 'which the policy names as the time, so rows are taken as independent of each other.';
}

function unnamed({ reading, table }: TableProfile): string {
  return reading.outcomes !== undefined && carriesOutcomes(table)
    ? `The baseline's profile holds outcomes (${reading.outcomes.label}): with the policy it was counted by, performance is judged (--policy).`
    : 'Performance is not judged: no column of outcomes is named. A policy names it (--policy, label of sources.outcomes), beside the prediction.';
}
