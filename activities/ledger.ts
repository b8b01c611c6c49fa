import { partitionClock } from '../domain/calendar/partition-clock.ts';
import type { Grid } from '../domain/grid/grid.ts';
import { canonicalJson } from '../domain/identity/canonical-json.ts';
import type { EventTime } from '../domain/identity/event-time.ts';
import { plusDays } from '../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../domain/identity/names.ts';
import type { Counted, Counting, SegmentRows } from '../domain/ledger/counting.port.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import { joinHorizonDays } from '../domain/ledger/join-horizon-days.ts';
import { type Look, nextLook } from '../domain/ledger/look.ts';
import { rowMapping } from '../domain/ledger/row-mapping.ts';
import { scoredClass } from '../domain/ledger/scored-class.ts';
import type { Segment } from '../domain/ledger/segment.ts';
import type { Sources } from '../domain/ledger/sources.port.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';
import type { Store } from '../domain/store/store.port.ts';
import { neededArtefact } from './needed-artefact.ts';
import { readJson, writeJson } from './stored-json.ts';

export interface LedgerDependencies {
  readonly artefacts: Artefacts;
  readonly store: Store;
  readonly counting: Counting;
  readonly sources: Sources;
}

/** One model's ledger, as an activity works with it. */
export interface ModelLedger {
  readonly model: ModelName;
  readonly applied: AppliedPolicy;
  readonly policy: Policy;
}

export async function openLedger(
  { artefacts }: LedgerDependencies,
  { model, policy }: { model: ModelName; policy: AppliedPolicy },
): Promise<ModelLedger> {
  return { model, applied: policy, policy: await neededArtefact<Policy>(artefacts, 'policy', policy.digest) };
}

/**
 * Looks at the sources and writes down what is new, as the next look. Of any number that look at once one writes a number; the others
 * look again after it.
 *
 * @returns all segments known by then, in the order of looks
 */
export async function lookAgain(deps: LedgerDependencies, { model, policy, applied }: ModelLedger, asOf: EventTime): Promise<Segment[]> {
  for (;;) {
    const looks = await readLooks(deps.store, model);
    const found = await deps.sources.find(policy, applied.folder, asOf);
    const next = nextLook(looks, found, asOf);
    if (next === undefined) return knownSegments(looks, asOf);
    const key = `looks/${model}/${String(looks.length).padStart(10, '0')}.json`;
    if ((await writeJson(deps.store, key, next)) === 'written') return knownSegments([...looks, next], asOf);
  }
}

/** All segments known by then that some look has seen, in the order of looks. */
export async function seenSegments(store: Store, model: ModelName, asOf: EventTime): Promise<Segment[]> {
  return knownSegments(await readLooks(store, model), asOf);
}

async function readLooks(store: Store, model: ModelName): Promise<Look[]> {
  const looks: Look[] = [];
  for await (const key of store.list(`looks/${model}/`)) looks.push((await readJson<Look>(store, key)) as Look);
  return looks;
}

function knownSegments(looks: readonly Look[], asOf: EventTime): Segment[] {
  return looks.flatMap((look) => look.segments).filter((segment) => segment.knownAt <= asOf);
}

/** The model's grid at a time; undefined until its first baseline has cut one. */
export async function currentGrid(store: Store, model: ModelName, asOf: EventTime): Promise<Digest | undefined> {
  const later = (await readSwitches(store, model)).findLast((one) => one.asOf < asOf);
  return later?.grid ?? (await readJson<{ grid: Digest }>(store, gridKey(model)))?.grid;
}

/** After the look `asOf` the model is counted on another grid. */
export interface GridSwitch {
  readonly grid: Digest;
  readonly asOf: EventTime;
  readonly because: string;
}

/** Whether no look of the model went further: what comes of it can change nothing that was reported. */
export async function isNewestLook(store: Store, model: ModelName, asOf: EventTime): Promise<boolean> {
  return (await readLooks(store, model)).every((look) => look.asOf <= asOf);
}

/** Every switch after the first grid, oldest first. */
export async function readSwitches(store: Store, model: ModelName): Promise<GridSwitch[]> {
  const switches: GridSwitch[] = [];
  for await (const key of store.list(`grids/${model}/`)) switches.push((await readJson<GridSwitch>(store, key)) as GridSwitch);
  return switches;
}

/** Written once, whoever asks how often: what was the grid before stays so for every earlier time. */
export async function switchGrid(store: Store, model: ModelName, next: GridSwitch): Promise<void> {
  for (;;) {
    const switches = await readSwitches(store, model);
    if (switches.at(-1)?.grid === next.grid) return;
    const key = `grids/${model}/${String(switches.length + 1).padStart(10, '0')}.json`;
    if ((await writeJson(store, key, next)) === 'written') return;
  }
}

/** The first grid of a model is its grid: of two that are cut at once one stays. */
export async function keepGrid(deps: LedgerDependencies, grid: Grid): Promise<Digest> {
  await writeJson(deps.store, gridKey(grid.model), { grid: await deps.artefacts.save(grid) });
  return ((await readJson<{ grid: Digest }>(deps.store, gridKey(grid.model))) as { grid: Digest }).grid;
}

function gridKey(model: ModelName): string {
  return `grids/${model}.json`;
}

/** Ids of the segments counted on a grid. */
export async function countedSegments(store: Store, { model, policy }: ModelLedger, grid: Digest): Promise<Set<string>> {
  const prefix = entriesPrefix(model, policy, grid);
  const counted = new Set<string>();
  for await (const key of store.list(prefix)) counted.add(key.slice(prefix.length, -'.json'.length));
  return counted;
}

/** Whether an entry was counted as the policy says by now. */
export function isCountedAs(policy: Policy, { presumes, clock }: Entry): boolean {
  const told = { ...(presumes !== undefined && { presumes }), ...(clock && { clock }) };
  return canonicalJson(told) === canonicalJson(countedAs(policy));
}

/** What the policy says of how rows are counted, as an entry tells it. */
function countedAs(policy: Policy): Pick<Entry, 'presumes' | 'clock'> {
  const { absentMeans } = policy.labels;
  const clock = partitionClock(policy);
  return { ...(absentMeans !== undefined && { presumes: absentMeans }), ...(clock && { clock }) };
}

/** Where a grid's entries are found. When rows are to be counted otherwise, segments are counted again. */
function entriesPrefix(model: ModelName, policy: Policy, grid: Digest): string {
  const { presumes, clock } = countedAs(policy);
  const absent = presumes === undefined ? '' : `-absent-${encodeURIComponent(presumes)}`;
  return `ledger/${model}/${grid}${absent}${clock === undefined ? '' : `-${clock.grain}-${encodeURIComponent(clock.timezone)}`}/`;
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

/** How the rows of a segment found at the sources are read. */
export function rowsOf(policy: Policy, segment: Segment): SegmentRows {
  if (segment.holds === 'held-out') throw new RangeError('held-out rows name their columns themselves');
  const positive = scoredClass(policy);
  const { presumes, clock } = countedAs(policy);
  return {
    segment,
    mapping: rowMapping(policy, segment.holds),
    answers: policy.task.kind === 'classification' ? 'categorical' : 'numeric',
    ...(positive !== undefined && { positive }),
    ...(presumes !== undefined && { absent: presumes }),
    ...(clock && { clock }),
    ...(policy.sources.outcomes && { awaitsOutcomes: true }),
  };
}

/** The segments a segment is joined to: those before it in the order of looks, no older than the horizon. */
export function segmentsBefore(segments: readonly Segment[], segment: Segment, policy: Policy): SegmentRows[] {
  const oldest = plusDays(segment.knownAt, -joinHorizonDays(policy));
  const place = segments.findIndex(({ id }) => id === segment.id);
  return segments
    .slice(0, Math.max(0, place))
    .filter(({ knownAt }) => knownAt >= oldest)
    .map((before) => rowsOf(policy, before));
}

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
