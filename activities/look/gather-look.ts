import type { Baseline } from '../../domain/baseline/baseline.ts';
import { pastBlocks } from '../../domain/calendar/past-blocks.ts';
import { instantOf, wallTime } from '../../domain/calendar/wall-time.ts';
import { earliestBefore, windowsBefore } from '../../domain/drift/windows-before.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import type { Artefact } from '../../domain/identity/artefact.ts';
import { type EventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../../domain/identity/names.ts';
import { countFuture } from '../../domain/ledger/count-future.ts';
import { countOrphans } from '../../domain/ledger/count-orphans.ts';
import type { AnomalyKind, Entry, Partition } from '../../domain/ledger/entry.ts';
import { joinHorizonDays } from '../../domain/ledger/join-horizon-days.ts';
import { lookEveryDays } from '../../domain/ledger/look-every-days.ts';
import { measureSilence } from '../../domain/ledger/measure-silence.ts';
import { type OutcomeArrivals, outcomeArrivals } from '../../domain/ledger/outcome-arrivals.ts';
import { partitionsOf } from '../../domain/ledger/partitions-of.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import { unversioned } from '../../domain/ledger/unversioned.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type AssessmentInput, earlierDays, type TimeSpan } from '../../domain/report/assessment-input.ts';
import { tellUnread } from '../../domain/report/tell-unread.ts';
import { baselineAt } from '../baseline/baseline-at.ts';
import { baselineDays } from '../baseline/baseline-days.ts';
import { isCountedAs } from '../ledger/counted-as.ts';
import { entriesOf } from '../ledger/entries.ts';
import { currentGrid } from '../ledger/grids.ts';
import { lookAgain } from '../ledger/looks.ts';
import type { LedgerDependencies, ModelLedger } from '../ledger/model-ledger.ts';
import { policyLines } from '../ledger/policy-lines.ts';
import { keepWorstRows } from '../ledger/worst-rows.ts';
import { neededArtefact } from '../needed-artefact.ts';
import { entriesAtHand } from './entries-at-hand.ts';
import { filesSeen } from './files-seen.ts';
import { lookWindows } from './look-windows.ts';

interface LookOrder {
  readonly model: ModelName;
  readonly baseline?: Digest;
  readonly version?: Version;
  readonly asOf: EventTime;
}

export interface GatheredLook {
  readonly input: AssessmentInput;
  readonly segments: readonly Segment[];
  /** Those that may reach into the windows. */
  readonly entries: readonly Entry[];
  /** Of these, what became known since the window began. */
  readonly recent: readonly Entry[];
}

/** The sorted list of the entries a report was made of. */
type EntryList = Artefact<'entry-list', 1>;

/** Everything one look judges, as it was known at its time. */
export async function gatherLook(deps: LedgerDependencies, ledger: ModelLedger, order: LookOrder): Promise<GatheredLook> {
  const { policy } = ledger;
  const { asOf } = order;
  const { window, maturedWindow } = lookWindows(wallTime(asOf, policy.timezone), policy);
  const held = order.baseline && (await baselineAt(deps.artefacts, order.baseline, asOf, policy.timezone));
  const baseline = held?.body;
  const gridDigest = baseline ? baseline.grid : await currentGrid(deps.store, order.model, asOf);
  const grid = gridDigest && (await neededArtefact<Grid>(deps.artefacts, 'grid', gridDigest));
  const segments = await lookAgain(deps, ledger, asOf);
  const earlierFrom = earlierSince(policy, baseline, maturedWindow);
  const past = pastBlocks(policy.baseline.season, window);
  const before = baseline && windowsBefore(past, window, baseline.window.to);
  const since = {
    matured: maturedWindow.from,
    earlier: earlierFrom,
    before: baseline ? earliestBefore(past, window, baseline.window.to) : window.from,
  };
  const atHand = await entriesAtHand(deps, ledger, gridDigest, segments, since, ({ partitions }) => before?.add(partitions));
  const { whole: entries, all } = atHand;

  const windowDays = {
    ...daysOfWindows({ entries, all, window, maturedWindow, earlierFrom, asOf }),
    ...(before && { before: before.windows() }),
  };
  const version = versionOf(policy, order.version, baseline, windowDays.inputs);
  const begins = instantOf(window.from, policy.timezone);
  const recent = entries.filter(({ knownAt }) => knownAt > begins);
  const list: EntryList = { kind: 'entry-list', schemaVersion: 1, madeFrom: atHand.digests };
  const entriesDigest = await deps.artefacts.save(list);
  const { digest: policyDigest } = ledger.applied;
  const asked = { segments: atHand.readable, window: maturedWindow, version, asOf, madeFrom: [policyDigest, entriesDigest] };
  const worst = grid && (await keepWorstRows(deps, ledger, { ...asked, grid }));
  const seen = await filesSeen(deps, ledger, { grid, segments, recent, asOf });
  const unread = tellUnread(policy, seen.files, await policyLines(deps.store, policyDigest));
  const silence = baseline && measureSilence(arrivalsOfPredictions(segments, entries), asOf);
  const input: AssessmentInput = {
    policy,
    policyDigest,
    asOf,
    version,
    grid: grid ?? cutGrid(order.model, []),
    ...(held && { baseline: { ...held, days: await daysOfBaseline(deps, ledger, held.body, segments) } }),
    window,
    maturedWindow,
    windowDays,
    outcomeArrivals: arrivalsOf(policy, segments, all),
    outcomesExpected: windowDays.matured.filter((day) => day.version === version).reduce((sum, { rows }) => sum + rows, 0),
    entriesDigest,
    anomalies: anomaliesOf([...recent, ...seen.uncounted], {
      orphan: countOrphans(entries, { from: begins, to: asOf }, joinHorizonDays(policy)),
      'future-time': countFuture(recent, asOf),
    }),
    ...(unread.length > 0 && { unread }),
    ...(silence && { silence }),
    ...(worst && { worst }),
    lookEveryDays: lookEveryDays(policy.watch.schedule, policy.watch.grain),
  };
  return { input, segments, entries, recent };
}

/** From where performance looks back: the baseline's end, at most so far. */
function earlierSince({ sources }: Policy, baseline: Baseline | undefined, { from }: TimeSpan): EventTime {
  if (baseline === undefined || sources.outcomes === undefined) return from;
  return latest(baseline.window.to, plusDays(from, -earlierDays));
}

interface Looked {
  readonly entries: readonly Entry[];
  readonly all: readonly Entry[];
  readonly window: TimeSpan;
  readonly maturedWindow: TimeSpan;
  readonly earlierFrom: EventTime;
  readonly asOf: EventTime;
}

function daysOfWindows({ entries, all, window, maturedWindow, earlierFrom, asOf: knownBy }: Looked) {
  return {
    inputs: partitionsOf(entries, { ...window, knownBy }),
    matured: partitionsOf(entries, { ...maturedWindow, knownBy }),
    earlier: partitionsOf(all, { from: earlierFrom, to: maturedWindow.from, knownBy }),
  };
}

/** The version that is asked about; else the one that predicted last. */
function versionOf({ sources }: Policy, asked: Version | undefined, baseline: Baseline | undefined, inputs: readonly Partition[]): Version {
  const { predictions } = sources;
  const isNamed = predictions.from === 'gateway' || predictions.version !== undefined;
  return (isNamed ? asked : unversioned) ?? inputs.at(-1)?.version ?? baseline?.version ?? unversioned;
}

/** When segments of predictions became known, but for those that turned out empty. */
function arrivalsOfPredictions(segments: readonly Segment[], entries: readonly Entry[]): EventTime[] {
  const empty = new Set(entries.filter(({ partitions }) => partitions.every(({ rows }) => rows === 0)).map(({ segment }) => segment));
  return segments.flatMap(({ id, holds, knownAt }) => (holds === 'predictions' && !empty.has(id) ? [knownAt] : []));
}

function arrivalsOf({ timezone }: Policy, segments: readonly Segment[], entries: readonly Entry[]): OutcomeArrivals[] {
  const outcomes = new Set(segments.filter(({ holds }) => holds === 'outcomes').map(({ id }) => id));
  return outcomeArrivals(
    entries,
    ({ segment }) => outcomes.has(segment),
    (instant) => wallTime(instant, timezone).slice(0, 10),
  );
}

function latest(one: EventTime, other: EventTime): EventTime {
  return one > other ? one : other;
}

/** The baseline's days. Production that was counted as the policy no longer says is counted again. */
function daysOfBaseline(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  baseline: Baseline,
  segments: readonly Segment[],
): Promise<Partition[]> {
  return baselineDays(deps.artefacts, baseline, async (entry) => {
    const segment = segments.find(({ id }) => id === entry.segment);
    const isOutdated = baseline.from === 'production' && !isCountedAs(ledger.policy, entry) && segment !== undefined;
    const current = isOutdated ? await entriesOf(deps, ledger, baseline.grid, segments, [segment]) : [];
    return current[0]?.entry ?? entry;
  });
}

/** @param found of kinds that no single entry tells */
function anomaliesOf(
  entries: readonly Pick<Entry, 'anomalies'>[],
  found: Partial<Record<AnomalyKind, number>>,
): Partial<Record<AnomalyKind, number>> {
  const sums = Object.fromEntries(Object.entries(found).filter(([, count]) => count > 0)) as typeof found;
  for (const { anomalies } of entries) {
    for (const [kind, count] of Object.entries(anomalies) as [AnomalyKind, number][]) sums[kind] = (sums[kind] ?? 0) + count;
  }
  return sums;
}
