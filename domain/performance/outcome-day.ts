import type { OutcomeCounts } from '../ledger/entry.ts';

export interface OutcomeDay {
  readonly day: string;
  readonly outcomes: OutcomeCounts;
}
