import { upsertSearchAttributes } from '@temporalio/workflow';
import type { Place } from './place.ts';
import { attributePairs, type attributes } from './search-attributes.ts';

/** How a run ended as designed: what people group by in Temporal's UI. A refusal or a rollback is a result, not a failure. */
export function markOutcome(place: Place, outcome: string): void {
  mark(place, { outcome });
}

export function mark(place: Place, values: Partial<Record<keyof typeof attributes, string>>): void {
  if (place.searchAttributes) upsertSearchAttributes(attributePairs(values));
}
