import type { Stability } from '../../domain/baseline/assess-stability.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import type { TimeSpan } from '../../domain/report/assessment-input.ts';

/** Days that may become a baseline. */
export interface Stretch {
  readonly window: TimeSpan;
  readonly entries: readonly Digest[];
  readonly partitions: readonly Partition[];
  readonly stability: Stability;
}
