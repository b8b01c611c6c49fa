import type { ModelName } from '../identity/names.ts';
import type { RoutingTable } from './routing-table.ts';

/** The one place where shares of traffic are set. */
export interface Router {
  read(model: ModelName): Promise<RoutingTable | undefined>;
  /** Writes `table` when the epoch in force is `expectedEpoch` (0: no table yet); a writer that knows less is told `stale` and changes nothing. */
  replace(table: RoutingTable, expectedEpoch: number): Promise<'written' | 'stale'>;
}
