import type { Answer } from './outcome-sum.ts';

/** How relevant an item is, is a number from 0 up: any other label counts as none. */
export function isRelevance(label: Answer | undefined): label is number {
  return typeof label === 'number' && label >= 0;
}
