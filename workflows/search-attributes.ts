import { defineSearchAttributeKey, type SearchAttributePair, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';

/** What people search and group by in Temporal's UI. Five keywords: a namespace on SQL allows no more than ten. */
export const attributes = {
  model: defineSearchAttributeKey('AnchorwatchModel', SearchAttributeType.KEYWORD),
  outcome: defineSearchAttributeKey('AnchorwatchOutcome', SearchAttributeType.KEYWORD),
  phase: defineSearchAttributeKey('AnchorwatchPhase', SearchAttributeType.KEYWORD),
  version: defineSearchAttributeKey('AnchorwatchVersion', SearchAttributeType.KEYWORD),
  decision: defineSearchAttributeKey('AnchorwatchDecision', SearchAttributeType.KEYWORD),
};

type Values = Partial<Record<keyof typeof attributes, string>>;

export function attributePairs(values: Values): SearchAttributePair[] {
  return Object.entries(values).map(([name, value]) => ({ key: attributes[name as keyof Values], value }));
}

export function typedAttributes(values: Values): TypedSearchAttributes {
  return new TypedSearchAttributes(attributePairs(values));
}
