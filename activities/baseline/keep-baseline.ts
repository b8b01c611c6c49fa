import type { Stability } from '../../domain/baseline/assess-stability.ts';
import type { Baseline } from '../../domain/baseline/baseline.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, Version } from '../../domain/identity/names.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { startOfDay } from '../../domain/ledger/start-of-day.ts';
import type { TimeSpan } from '../../domain/report/assessment-input.ts';
import type { LedgerDependencies, ModelLedger } from '../ledger/model-ledger.ts';
import { neededArtefact } from '../needed-artefact.ts';
import type { BaselineAnswer, BaselineOrder } from './baseline-order.ts';
import { sayBaseline } from './say-baseline.ts';
import type { Stretch } from './stretch.ts';

/** Rows without which nothing is a baseline. */
export const leastRows = 50;

interface Found {
  readonly ledger: ModelLedger;
  readonly order: BaselineOrder;
  readonly grid: Digest;
  readonly from: Baseline['from'];
  readonly version: Version;
  readonly entries: readonly Digest[];
  readonly partitions: readonly Partition[];
  readonly window?: TimeSpan;
  readonly stability?: Stability;
  /** The earliest days, where they were not steady and later ones were taken. */
  readonly passedOver?: Stretch;
  readonly madeFrom?: Digest;
}

/** Saves a baseline of the days it was found in; inconclusive where they hold too few rows. */
export async function keepBaseline(deps: LedgerDependencies, found: Found): Promise<BaselineAnswer> {
  const { ledger, order, grid, from, version, entries, partitions, stability } = found;
  const rows = partitions.reduce((sum, partition) => sum + partition.rows, 0);
  const [first, last] = [partitions[0], partitions.at(-1)];
  if (rows < leastRows || first === undefined || last === undefined) {
    return { outcome: 'inconclusive', grid, says: `Only ${rows} rows could be counted; a baseline needs ${leastRows}.` };
  }
  const window = found.window ?? { from: startOfDay(eventTime(first.day)), to: plusDays(startOfDay(eventTime(last.day)), 1) };
  const body: Baseline = {
    kind: 'baseline',
    schemaVersion: 1,
    madeFrom: [ledger.applied.digest, grid, ...entries, ...(found.madeFrom === undefined ? [] : [found.madeFrom])],
    model: ledger.model,
    version,
    grid,
    from,
    window: { from: window.from, to: window.to },
    entries,
    rows,
    takenAt: order.asOf,
    ...(stability && { stability }),
    ...(order.anyway && { anyway: order.anyway }),
  };
  const { columns } = await neededArtefact<Grid>(deps.artefacts, 'grid', grid);
  return {
    outcome: 'pass',
    baseline: await deps.artefacts.save(body),
    grid,
    says: sayBaseline(body, columns, partitions, found.passedOver),
  };
}
