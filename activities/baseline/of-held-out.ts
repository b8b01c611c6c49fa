import { ApplicationFailure } from '@temporalio/common';
import type { ScoredRows } from '../../domain/gates/scored-rows.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { SegmentRows } from '../../domain/ledger/counting.port.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import { entryOf } from '../ledger/entries.ts';
import type { LedgerDependencies, ModelLedger } from '../ledger/model-ledger.ts';
import { neededArtefact } from '../needed-artefact.ts';
import type { BaselineAnswer, BaselineOrder } from './baseline-order.ts';
import { keepBaseline, leastRows } from './keep-baseline.ts';
import { modelGrid } from './model-grid.ts';

/** A version's scored rows are its baseline until it has production of its own. */
export async function ofHeldOut(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  order: BaselineOrder,
  heldOut: Digest,
): Promise<BaselineAnswer> {
  const scored = await neededArtefact<ScoredRows>(deps.artefacts, 'scored-rows', heldOut);
  if (scored.rows < leastRows) {
    return { outcome: 'inconclusive', says: `Version ${scored.version} has ${scored.rows} held-out rows; a baseline needs ${leastRows}.` };
  }
  const id = await deps.sources.identify(scored.path);
  if (id === undefined) {
    throw ApplicationFailure.create({
      type: 'ScoredRowsMissing',
      message: `The scored rows of version ${scored.version} are no longer at ${scored.path}. Put the file back, or score the version again.`,
      nonRetryable: true,
    });
  }
  const segment: Segment = { id, holds: 'held-out', path: scored.path, format: 'parquet', knownAt: order.asOf, version: scored.version };
  const { columns } = scored;
  const rows: SegmentRows = {
    segment,
    mapping: {
      layout: 'flat',
      id: [columns.id],
      time: columns.time,
      prediction: columns.prediction,
      label: columns.label,
      ignored: ledger.policy.columns.ignored,
    },
    answers: ledger.policy.task.kind === 'classification' ? 'categorical' : 'numeric',
  };
  const grid = await modelGrid(deps, ledger, order.asOf, [rows], columns.features);
  const { digest, entry } = await entryOf(deps, ledger, grid, rows, async () => []);
  return keepBaseline(deps, {
    ledger,
    order,
    grid,
    from: 'held-out',
    version: scored.version,
    entries: [digest],
    partitions: entry.partitions,
    madeFrom: heldOut,
  });
}
