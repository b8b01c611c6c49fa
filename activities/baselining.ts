import { ApplicationFailure } from '@temporalio/common';
import { assessStability, type Stability } from '../domain/baseline/assess-stability.ts';
import type { Baseline, BaselineOverride } from '../domain/baseline/baseline.ts';
import { productionWindows } from '../domain/baseline/production-windows.ts';
import { instantOf, wallTime } from '../domain/calendar/wall-time.ts';
import type { ScoredRows } from '../domain/gates/scored-rows.ts';
import { cutGrid } from '../domain/grid/cut-grid.ts';
import type { Grid } from '../domain/grid/grid.ts';
import { columnInWords } from '../domain/grid/kind-of.ts';
import { type EventTime, eventTime, plusDays } from '../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../domain/identity/names.ts';
import type { Outcome } from '../domain/identity/outcome.ts';
import type { PredictedDay, SegmentRows } from '../domain/ledger/counting.port.ts';
import type { Entry, Partition } from '../domain/ledger/entry.ts';
import { partitionsOf } from '../domain/ledger/partitions-of.ts';
import type { Segment } from '../domain/ledger/segment.ts';
import { startOfDay } from '../domain/ledger/start-of-day.ts';
import { unversioned } from '../domain/ledger/unversioned.ts';
import { addedToGrid } from '../domain/policy/added-to-grid.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import type { TimeSpan } from '../domain/report/assessment-input.ts';
import { sayNames } from '../domain/report/say-names.ts';
import {
  currentGrid,
  entriesOf,
  entryOf,
  keepGrid,
  type LedgerDependencies,
  lookAgain,
  type ModelLedger,
  openLedger,
  rowsOf,
} from './ledger.ts';
import { neededArtefact } from './needed-artefact.ts';

const leastRows = 50;

export interface BaselineOrder {
  readonly model: ModelName;
  readonly policy: AppliedPolicy;
  readonly version?: Version;
  readonly asOf: EventTime;
  /** Digest of the version's scored rows; absent: production's own first days are the baseline. */
  readonly heldOut?: Digest;
  /** Nothing of production before it is meant. */
  readonly since?: EventTime;
  /** Takes the first days of production whether they are steady or not. */
  readonly anyway?: BaselineOverride;
}

export interface BaselineAnswer {
  /** `fail`: no stretch of production was steady. */
  readonly outcome: Outcome;
  readonly baseline?: Digest;
  readonly grid?: Digest;
  /** The stretch of days that was refused first. */
  readonly refused?: TimeSpan;
  readonly says: string;
}

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

async function ofHeldOut(deps: LedgerDependencies, ledger: ModelLedger, order: BaselineOrder, heldOut: Digest): Promise<BaselineAnswer> {
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
  const grid = await gridOf(deps, ledger, order.asOf, [rows], columns.features);
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

interface Production {
  readonly segments: readonly Segment[];
  readonly grid: Digest;
  /** Absent: rows are told apart by no version. */
  readonly version?: Version;
  readonly windows: readonly [TimeSpan, ...TimeSpan[]];
}

/** Where production can be a baseline, and the model's grid, cut from the first such days when it has none. */
async function findProduction(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  order: BaselineOrder,
): Promise<Production | (BaselineAnswer & { readonly outcome: 'inconclusive' })> {
  const segments = await lookAgain(deps, ledger, order.asOf);
  const predictions = segments.filter(({ holds }) => holds === 'predictions').map((segment) => rowsOf(ledger.policy, segment));
  const days = new Map<SegmentRows, readonly PredictedDay[]>();
  for (const rows of predictions) days.set(rows, await deps.counting.days(rows));

  const { timezone, watch } = ledger.policy;
  const source = ledger.policy.sources.predictions;
  const named = source.from === 'gateway' || source.version !== undefined ? order.version : undefined;
  const mine = [...days.values()].flat().filter(({ version }) => named === undefined || version === named);
  const found = productionWindows(ledger.policy, mine, wallTime(order.asOf, timezone), order.since);
  if (found.outcome === 'inconclusive') return found;

  const [first] = found.windows;
  const inFirst = ({ day }: PredictedDay) => day >= first.from.slice(0, 10) && day < first.to.slice(0, 10);
  const grid = await gridOf(
    deps,
    ledger,
    order.asOf,
    predictions.filter((rows) => days.get(rows)?.some(inFirst)),
    undefined,
    watch.grain === 'batch' ? undefined : { from: instantOf(first.from, timezone), to: instantOf(first.to, timezone) },
  );
  return { segments, grid, windows: found.windows, ...(named !== undefined && { version: named }) };
}

async function ofProduction(deps: LedgerDependencies, ledger: ModelLedger, order: BaselineOrder): Promise<BaselineAnswer> {
  const production = await findProduction(deps, ledger, order);
  if ('outcome' in production) return production;
  const { segments, grid, version } = production;
  const [first, ...later] = production.windows;
  const placed = await placeEntries(deps, ledger, grid, segments);
  const cells = await neededArtefact<Grid>(deps.artefacts, 'grid', grid);
  const stretchOf = async (window: TimeSpan): Promise<Stretch> => {
    const span = { ...window, knownBy: order.asOf, ...(version !== undefined && { version }) };
    const entries = placed.filter(({ days }) => days.some((day) => day >= window.from && day < window.to)).map(({ digest }) => digest);
    const bodies: Entry[] = [];
    for (const digest of entries) bodies.push(await neededArtefact<Entry>(deps.artefacts, 'entry', digest));
    const partitions = partitionsOf(bodies, span);
    return { window, entries, partitions, stability: assessStability(ledger.policy, cells, partitions) };
  };
  const keep = (stretch: Stretch, passedOver?: Stretch) =>
    keepBaseline(deps, {
      ledger,
      order,
      grid,
      from: 'production',
      version: version ?? stretch.partitions.at(-1)?.version ?? unversioned,
      ...stretch,
      ...(passedOver && { passedOver }),
    });
  const earliest = await stretchOf(first);
  if (earliest.stability.outcome !== 'fail' || order.anyway !== undefined) return keep(earliest);
  for (const window of later) {
    const stretch = await stretchOf(window);
    if (stretch.stability.outcome !== 'fail') return keep(stretch, earliest);
  }
  return refuse(ledger.model, grid, earliest, later.length);
}

interface PlacedEntry {
  readonly digest: Digest;
  /** When the days or hours it counts begin. */
  readonly days: readonly EventTime[];
}

/** Which days each segment's entry is about; what is not yet counted is counted now. Of a long history no more than one entry is held. */
async function placeEntries(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  grid: Digest,
  segments: readonly Segment[],
): Promise<PlacedEntry[]> {
  const placed: PlacedEntry[] = [];
  for (const segment of segments) {
    for (const { digest, entry } of await entriesOf(deps, ledger, grid, segments, [segment]))
      placed.push({ digest, days: entry.partitions.map(({ day }) => eventTime(day)) });
  }
  return placed;
}

/** Days that may become a baseline. */
interface Stretch {
  readonly window: TimeSpan;
  readonly entries: readonly Digest[];
  readonly partitions: readonly Partition[];
  readonly stability: Stability;
}

function refuse(model: ModelName, grid: Digest, { window, stability }: Stretch, later: number): BaselineAnswer {
  const others = later === 0 ? '' : ` Nor is any of ${later} later stretches as long.`;
  return {
    outcome: 'fail',
    grid,
    refused: window,
    says: `Refused as a baseline: ${sayDays(window)} is not steady. ${stability.says}${others} Name columns that move by nature in columns.ignore, or take these days all the same: anchorwatch baseline ${model} --anyway --reason "…"`,
  };
}

function sayDays({ from, to }: TimeSpan): string {
  return `${from.slice(0, 10)} to ${plusDays(to, -1).slice(0, 10)}`;
}

/** The model's grid; cut from these rows when it has none. */
async function gridOf(
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

async function keepBaseline(deps: LedgerDependencies, found: Found): Promise<BaselineAnswer> {
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
  const outcomes = partitions.reduce((sum, partition) => sum + (partition.outcomes?.matched ?? 0), 0);
  const kind = from === 'held-out' ? 'held-out rows' : 'rows of production';
  const days = new Set(partitions.map(({ day }) => day.slice(0, 10))).size;
  return {
    outcome: 'pass',
    baseline: await deps.artefacts.save(body),
    grid,
    says: `Baseline of ${rows} ${kind} on ${days} days from ${first.day} to ${last.day}, ${outcomes} with their outcome.${sayKinds(columns)}${sayOverride(body)}${sayPassedOver(found)}`,
  };
}

/** What is watched of columns that are not watched as they are. */
function sayKinds(columns: Grid['columns']): string {
  const said = columns.filter(({ of }) => of === 'time' || of === 'text').map(columnInWords);
  return said.length === 0 ? '' : ` Watched is the ${sayNames(said)}, by what their values are.`;
}

function sayOverride({ stability, anyway }: Baseline): string {
  if (anyway === undefined) return '';
  return ` Taken by ${anyway.who} whether steady or not (${anyway.reason}). ${stability?.says ?? ''}`;
}

function sayPassedOver({ passedOver }: Found): string {
  return passedOver === undefined ? '' : ` Passed over: ${sayDays(passedOver.window)}, not steady. ${passedOver.stability.says}`;
}
