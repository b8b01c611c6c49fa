import type { Policy } from '../policy/policy.ts';
import type { Flaw } from './flaw-day.ts';

/** The threshold that each flaw is held against. */
export const flawEffect = {
  nulls: 'nullPoints',
  notANumber: 'nullPoints',
  infinite: 'nullPoints',
  outOfRange: 'nullPoints',
  stale: 'nullPoints',
  empty: 'nullPoints',
  typeErrors: 'nullPoints',
  unseen: 'newCategoryShare',
  unlabelled: 'unlabelledPoints',
  orphaned: 'orphanPoints',
} as const satisfies Record<Flaw, keyof Policy['watch']['effects']>;
