import { ApplicationFailure } from '@temporalio/common';
import type { ScoredRows } from '../../domain/gates/scored-rows.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { SegmentRows } from '../../domain/ledger/counting.port.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { mergePartitions } from '../../domain/ledger/merge-partitions.ts';
import { ignoredColumns } from '../../domain/policy/ignored-columns.ts';
import { entryOf } from '../ledger/entries.ts';
import type { LedgerDependencies, ModelLedger } from '../ledger/model-ledger.ts';
import { neededArtefact } from '../needed-artefact.ts';
import type { BaselineAnswer, BaselineOrder } from './baseline-order.ts';
import { keepBaseline, leastRows } from './keep-baseline.ts';
import { modelGrid } from './model-grid.ts';

/**
 * A version's scored rows are its baseline until it has production of its own: what was held out says how right it is, and its shadow scores
 * are beside them what it answers by now.
 */
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
  const labelled = await rowsIn(deps, ledger, order, scored, scored.path);
  const shadow = scored.shadow && withoutLabel(await rowsIn(deps, ledger, order, scored, scored.shadow.path));
  const grid = await modelGrid(deps, ledger, order.asOf, [labelled], scored.columns.features);
  const counted: { readonly digest: Digest; readonly entry: Entry }[] = [];
  for (const rows of [labelled, ...(shadow ? [shadow] : [])]) counted.push(await entryOf(deps, ledger, grid, rows, async () => []));
  return keepBaseline(deps, {
    ledger,
    order,
    grid,
    from: 'held-out',
    version: scored.version,
    entries: counted.map(({ digest }) => digest),
    partitions: mergePartitions(counted.flatMap(({ entry }) => entry.partitions)),
    madeFrom: heldOut,
  });
}

async function rowsIn(
  deps: LedgerDependencies,
  { policy }: ModelLedger,
  { asOf }: BaselineOrder,
  { version, columns }: ScoredRows,
  path: string,
): Promise<SegmentRows> {
  const id = await deps.sources.identify(path);
  if (id === undefined) {
    throw ApplicationFailure.create({
      type: 'ScoredRowsMissing',
      message: `The scored rows of version ${version} are no longer at ${path}. Put the file back, or score the version again.`,
      nonRetryable: true,
    });
  }
  return {
    segment: { id, holds: 'held-out', path, format: 'parquet', knownAt: asOf, version },
    mapping: {
      layout: 'flat',
      id: [columns.id],
      time: columns.time,
      prediction: columns.prediction,
      label: columns.label,
      ignored: ignoredColumns(policy),
    },
    answers: policy.task.kind === 'classification' ? 'categorical' : 'numeric',
  };
}

function withoutLabel({ mapping: { label: _, ...mapping }, ...rows }: SegmentRows): SegmentRows {
  return { ...rows, mapping };
}
