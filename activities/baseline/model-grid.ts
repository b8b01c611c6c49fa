import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { SegmentRows } from '../../domain/ledger/counting.port.ts';
import { addedToGrid } from '../../domain/policy/added-to-grid.ts';
import type { TimeSpan } from '../../domain/report/assessment-input.ts';
import { currentGrid, keepGrid } from '../ledger/grids.ts';
import type { LedgerDependencies, ModelLedger } from '../ledger/model-ledger.ts';

/** The model's grid; cut from these rows when it has none. */
export async function modelGrid(
  deps: LedgerDependencies,
  { model, policy }: ModelLedger,
  asOf: EventTime,
  rows: readonly SegmentRows[],
  features?: readonly string[],
  window?: TimeSpan,
): Promise<Digest> {
  const known = await currentGrid(deps.store, model, asOf);
  if (known !== undefined) return known;
  const sample = await deps.counting.sample({ rows, declared: policy.columns.declared, ...(window && { window }) });
  const columns = sample.filter(({ name, role }) => role !== 'feature' || features === undefined || features.includes(name));
  return keepGrid(deps, cutGrid(model, columns, policy.segments, addedToGrid(policy)));
}
