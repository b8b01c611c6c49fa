import type { ModelName } from '../identity/names.ts';
import type { RoutingTable } from './routing-table.ts';

/** The one place where shares of traffic are set. */
export interface Router {
  read(model: ModelName): Promise<RoutingTable | undefined>;
  /**
   * Writes `table`, whose epoch is `expectedEpoch` + 1, when the epoch in force is `expectedEpoch` (0: no table yet). A writer that
   * knows less is told `stale`, one that would break a hold (see breaksHold) is told `held`; both change nothing.
   */
  replace(table: RoutingTable, expectedEpoch: number): Promise<'written' | 'stale' | 'held'>;
}
