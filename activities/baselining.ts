import { ApplicationFailure } from '@temporalio/common';
import type { Baseline } from '../domain/baseline/baseline.ts';
import { productionWindow } from '../domain/baseline/production-window.ts';
import type { ScoredRows } from '../domain/gates/scored-rows.ts';
import { cutGrid } from '../domain/grid/cut-grid.ts';
import { type EventTime, eventTime, plusDays } from '../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../domain/identity/names.ts';
import type { PredictedDay, SegmentRows } from '../domain/ledger/counting.port.ts';
import type { Entry, Partition } from '../domain/ledger/entry.ts';
import { partitionsOf } from '../domain/ledger/partitions-of.ts';
import type { Segment } from '../domain/ledger/segment.ts';
import { unversioned } from '../domain/ledger/unversioned.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
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
}

export interface BaselineAnswer {
  readonly outcome: 'pass' | 'inconclusive';
  readonly baseline?: Digest;
  readonly grid?: Digest;
  readonly says: string;
}

export function createBaseliningActivities(deps: LedgerDependencies) {
  return {
    /**
     * Takes a baseline, of held-out rows or of production's own first days, and cuts the model's grid when it has none. Old grids are
     * kept, so that counts of different versions can be compared.
     */
    async takeBaseline(order: BaselineOrder): Promise<BaselineAnswer> {
      const ledger = await openLedger(deps, order);
      return order.heldOut === undefined ? ofProduction(deps, ledger, order) : ofHeldOut(deps, ledger, order, order.heldOut);
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
  const grid = await gridOf(deps, ledger, [rows], columns.features);
  const { digest, entry } = await entryOf(deps, ledger, grid, rows, async () => []);
  return keepBaseline(deps, {
    ledger,
    order,
    grid,
    from: 'held-out',
    version: scored.version,
    entries: [{ digest, entry }],
    partitions: entry.partitions,
    madeFrom: heldOut,
  });
}

async function ofProduction(deps: LedgerDependencies, ledger: ModelLedger, order: BaselineOrder): Promise<BaselineAnswer> {
  const segments = await lookAgain(deps, ledger, order.asOf);
  const predictions = segments.filter(({ holds }) => holds === 'predictions').map((segment) => rowsOf(ledger.policy, segment));
  const days = new Map<SegmentRows, readonly PredictedDay[]>();
  for (const rows of predictions) days.set(rows, await deps.counting.days(rows));

  const source = ledger.policy.sources.predictions;
  const named = source.from === 'gateway' || source.version !== undefined ? order.version : undefined;
  const mine = [...days.values()].flat().filter(({ version }) => named === undefined || version === named);
  const window = productionWindow(ledger.policy, mine, order.asOf);
  if (window.outcome === 'inconclusive') return window;

  const inWindow = ({ day }: PredictedDay) => day >= window.from.slice(0, 10) && day < window.to.slice(0, 10);
  const grid = await gridOf(
    deps,
    ledger,
    predictions.filter((rows) => days.get(rows)?.some(inWindow)),
    undefined,
    window,
  );
  const counted = await entriesOf(deps, ledger, grid, segments, segments);
  const span = { from: window.from, to: window.to, knownBy: order.asOf, ...(named !== undefined && { version: named }) };
  const entries = counted.filter(({ entry }) => partitionsOf([entry], span).length > 0);
  const partitions = partitionsOf(
    entries.map(({ entry }) => entry),
    span,
  );
  return keepBaseline(deps, {
    ledger,
    order,
    grid,
    from: 'production',
    version: named ?? partitions.at(-1)?.version ?? unversioned,
    entries,
    partitions,
    window,
  });
}

/** The model's grid; cut from these rows when it has none. */
async function gridOf(
  deps: LedgerDependencies,
  { model, policy }: ModelLedger,
  rows: readonly SegmentRows[],
  features?: readonly string[],
  window?: { readonly from: EventTime; readonly to: EventTime },
): Promise<Digest> {
  const known = await currentGrid(deps.store, model);
  if (known !== undefined) return known;
  const sample = await deps.counting.sample({ rows, declared: policy.columns.declared, ...(window && { window }) });
  const columns = sample.filter(({ name, role }) => role !== 'feature' || features === undefined || features.includes(name));
  return keepGrid(deps, cutGrid(model, columns));
}

interface Found {
  readonly ledger: ModelLedger;
  readonly order: BaselineOrder;
  readonly grid: Digest;
  readonly from: Baseline['from'];
  readonly version: Version;
  readonly entries: readonly { readonly digest: Digest; readonly entry: Entry }[];
  readonly partitions: readonly Partition[];
  readonly window?: { readonly from: EventTime; readonly to: EventTime };
  readonly madeFrom?: Digest;
}

async function keepBaseline(deps: LedgerDependencies, found: Found): Promise<BaselineAnswer> {
  const { ledger, order, grid, from, version, partitions } = found;
  const rows = partitions.reduce((sum, partition) => sum + partition.rows, 0);
  const [first, last] = [partitions[0], partitions.at(-1)];
  if (rows < leastRows || first === undefined || last === undefined) {
    return { outcome: 'inconclusive', grid, says: `Only ${rows} rows could be counted; a baseline needs ${leastRows}.` };
  }
  const window = found.window ?? { from: eventTime(first.day), to: plusDays(eventTime(last.day), 1) };
  const entries = found.entries.map(({ digest }) => digest);
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
  };
  const outcomes = partitions.reduce((sum, partition) => sum + (partition.outcomes?.matched ?? 0), 0);
  const kind = from === 'held-out' ? 'held-out rows' : 'rows of production';
  const days = new Set(partitions.map(({ day }) => day)).size;
  return {
    outcome: 'pass',
    baseline: await deps.artefacts.save(body),
    grid,
    says: `Baseline of ${rows} ${kind} on ${days} days from ${first.day} to ${last.day}, ${outcomes} with their outcome.`,
  };
}
