import { breaksHold } from '../../domain/traffic/breaks-hold.ts';
import type { Router } from '../../domain/traffic/router.port.ts';
import type { RoutingTable } from '../../domain/traffic/routing-table.ts';

/** A router without a gateway, for one model: the rules of the port, and nobody's traffic. */
export class MemoryRouter implements Router {
  table: RoutingTable | undefined;

  constructor(table?: RoutingTable) {
    this.table = table;
  }

  async read(): Promise<RoutingTable | undefined> {
    return this.table;
  }

  async replace(table: RoutingTable, expectedEpoch: number): Promise<'written' | 'stale' | 'held'> {
    if ((this.table?.epoch ?? 0) !== expectedEpoch) return 'stale';
    if (this.table !== undefined && breaksHold(this.table, table)) return 'held';
    this.table = table;
    return 'written';
  }

  /** Who has which share. */
  get shares(): Record<string, number> {
    return Object.fromEntries((this.table?.arms ?? []).map(({ version, share }) => [version, share]));
  }
}
