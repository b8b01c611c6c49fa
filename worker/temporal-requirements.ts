import { attributes } from '../workflows/search-attributes.ts';

/** Histories must outlive the longest wait for an approval and the reconciliation after it. */
export const leastRetentionDays = 30;

export const requiredAttributes: readonly string[] = Object.values(attributes).map((attribute) => attribute.name);
