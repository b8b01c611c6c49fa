import type { Digest } from '../domain/identity/names.ts';
import type { BaselineAnswer, BaselineOrder } from './baseline/baseline-order.ts';
import { findProduction } from './baseline/find-production.ts';
import { ofHeldOut } from './baseline/of-held-out.ts';
import { ofProduction } from './baseline/of-production.ts';
import { type LedgerDependencies, openLedger } from './ledger/model-ledger.ts';

export function createBaseliningActivities(deps: LedgerDependencies) {
  return {
    /**
     * Takes a baseline, of held-out rows or of production's own first days that are steady, and cuts the model's grid when it has none.
     * Old grids are kept, so that counts of different versions can be compared.
     */
    async takeBaseline(order: BaselineOrder): Promise<BaselineAnswer> {
      const ledger = await openLedger(deps, order);
      return order.heldOut === undefined ? ofProduction(deps, ledger, order) : ofHeldOut(deps, ledger, order, order.heldOut);
    },

    /** Cuts the model's grid as a baseline of production would, so that segments can be counted on it by many before that is taken. */
    async cutFirstGrid(order: BaselineOrder): Promise<{ grid?: Digest }> {
      const production = await findProduction(deps, await openLedger(deps, order), order);
      return production.grid === undefined ? {} : { grid: production.grid };
    },
  };
}

export type BaseliningActivities = ReturnType<typeof createBaseliningActivities>;
