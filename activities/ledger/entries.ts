import type { Grid } from '../../domain/grid/grid.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Counted, SegmentRows } from '../../domain/ledger/counting.port.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Store } from '../../domain/store/store.port.ts';
import { neededArtefact } from '../needed-artefact.ts';
import { readJson, writeJson } from '../stored-json.ts';
import { countedAs } from './counted-as.ts';
import type { LedgerDependencies, ModelLedger } from './model-ledger.ts';
import { rowsOf, segmentsBefore } from './rows-of.ts';

/** Entries of segments found at the sources, in their order; those that are missing are counted now. */
export async function entriesOf(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  grid: Digest,
  all: readonly Segment[],
  wanted: readonly Segment[],
): Promise<{ digest: Digest; entry: Entry }[]> {
  const entries: { digest: Digest; entry: Entry }[] = [];
  for (const segment of wanted) {
    entries.push(
      await entryOf(deps, ledger, grid, rowsOf(ledger.policy, segment), async () => segmentsBefore(all, segment, ledger.policy)),
    );
  }
  return entries;
}

/** What the ledger says of a segment; it is counted now when it was not before. */
export async function entryOf(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  grid: Digest,
  rows: SegmentRows,
  rowsBefore: () => Promise<readonly SegmentRows[]>,
): Promise<{ digest: Digest; entry: Entry }> {
  const key = `${entriesPrefix(ledger.model, ledger.policy, grid)}${rows.segment.id}.json`;
  if ((await readJson(deps.store, key)) === undefined) {
    const counted = await count(deps, grid, rows, await rowsBefore());
    await writeJson(deps.store, key, { entry: await deps.artefacts.save(toEntry(grid, rows, counted)) });
  }
  const digest = ((await readJson(deps.store, key)) as { entry: Digest }).entry;
  return { digest, entry: await neededArtefact<Entry>(deps.artefacts, 'entry', digest) };
}

/** Ids of the segments counted on a grid. */
export async function countedSegments(store: Store, { model, policy }: ModelLedger, grid: Digest): Promise<Set<string>> {
  const prefix = entriesPrefix(model, policy, grid);
  const counted = new Set<string>();
  for await (const key of store.list(prefix)) counted.add(key.slice(prefix.length, -'.json'.length));
  return counted;
}

/** Where a grid's entries are found. When rows are to be counted otherwise, segments are counted again. */
function entriesPrefix(model: ModelName, policy: Policy, grid: Digest): string {
  const { presumes, clock } = countedAs(policy);
  const absent = presumes === undefined ? '' : `-absent-${encodeURIComponent(presumes)}`;
  return `ledger/${model}/${grid}${absent}${clock === undefined ? '' : `-${clock.grain}-${encodeURIComponent(clock.timezone)}`}/`;
}

async function count(
  { artefacts, counting, sources }: LedgerDependencies,
  grid: Digest,
  rows: SegmentRows,
  before: readonly SegmentRows[],
): Promise<Counted> {
  const { segment } = rows;
  const identity = await sources.identify(segment.path);
  if (identity === undefined) return unusable('gone', `${segment.path} is gone since it was found. Its rows are in no count.`);
  if (identity !== segment.id) {
    return unusable('changed', `${segment.path} was written anew before it was counted. What it holds now is counted as a new file.`);
  }
  return counting.count({ ...rows, grid: await neededArtefact<Grid>(artefacts, 'grid', grid), before });
}

function unusable(code: 'gone' | 'changed', says: string): Counted {
  return { rows: 0, partitions: [], anomalies: { malformed: 1 }, fault: { code, says } };
}

function toEntry(grid: Digest, { segment, absent, clock }: SegmentRows, { partitions, anomalies, waiting, met, fault }: Counted): Entry {
  return {
    kind: 'entry',
    schemaVersion: 1,
    madeFrom: [grid],
    grid,
    segment: segment.id,
    knownAt: segment.knownAt,
    partitions,
    anomalies,
    ...(waiting !== undefined && { waiting }),
    ...(met !== undefined && { met }),
    ...(absent !== undefined && { presumes: absent }),
    ...(clock && { clock }),
    ...(fault !== undefined && { fault }),
  };
}
