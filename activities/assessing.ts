import type { Baseline } from '../domain/baseline/baseline.ts';
import { ownWindow } from '../domain/baseline/own-window.ts';
import { instantOf, wallTime } from '../domain/calendar/wall-time.ts';
import type { Grid } from '../domain/grid/grid.ts';
import type { Artefact } from '../domain/identity/artefact.ts';
import { type EventTime, plusDays } from '../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../domain/identity/names.ts';
import type { Outcome, Severity } from '../domain/identity/outcome.ts';
import { countOrphans } from '../domain/ledger/count-orphans.ts';
import type { AnomalyKind, Entry, Partition } from '../domain/ledger/entry.ts';
import { joinHorizonDays } from '../domain/ledger/join-horizon-days.ts';
import { lookEveryDays } from '../domain/ledger/look-every-days.ts';
import { type OutcomeArrivals, outcomeArrivals } from '../domain/ledger/outcome-arrivals.ts';
import { outcomesAlone } from '../domain/ledger/outcomes-alone.ts';
import { partitionsOf } from '../domain/ledger/partitions-of.ts';
import type { Segment } from '../domain/ledger/segment.ts';
import { startOfDay } from '../domain/ledger/start-of-day.ts';
import { startOfHour } from '../domain/ledger/start-of-hour.ts';
import { unversioned } from '../domain/ledger/unversioned.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { alarmSubjects } from '../domain/report/alarm-subjects.ts';
import { assess } from '../domain/report/assess.ts';
import { type AssessmentInput, earlierDays, type TimeSpan } from '../domain/report/assessment-input.ts';
import { baselineAt } from './baseline/baseline-at.ts';
import { baselineDays } from './baseline/baseline-days.ts';
import { isCountedAs } from './ledger/counted-as.ts';
import { entriesOf } from './ledger/entries.ts';
import { currentGrid } from './ledger/grids.ts';
import { lookAgain } from './ledger/looks.ts';
import { type LedgerDependencies, type ModelLedger, openLedger } from './ledger/model-ledger.ts';
import { keepWorstRows } from './ledger/worst-rows.ts';
import { misfitOf } from './misfit-of.ts';
import { neededArtefact } from './needed-artefact.ts';

/** Rows may be known a little before the event time they carry: clocks differ, and batches are scored ahead. */
const aheadDays = 2;

export interface AssessOrder {
  readonly model: ModelName;
  readonly policy: AppliedPolicy;
  readonly baseline?: Digest;
  /** Absent: the version that predicted last. */
  readonly version?: Version;
  readonly asOf: EventTime;
  /** Looks whether the grid still fits as well; a sample of the newest rows is read for it. */
  readonly looksAtGrid?: true;
}

export interface Assessed {
  readonly report: Digest;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly alarm: boolean;
  /** What it alarms about, as `layer/subject`. */
  readonly subjects: readonly string[];
  readonly says: readonly [string, string];
  readonly anomalies: Readonly<Record<string, number>>;
  /** Files that could not be read at all, newest last, at most five. */
  readonly faults: readonly string[];
  /** The baseline is provisional, and the version's own days from then on can take its place. */
  readonly ownDaysSince?: EventTime;
  /** Why the grid no longer fits; of a baseline of production only. */
  readonly misfit?: string;
}

/** The sorted list of the entries a report was made of. */
type EntryList = Artefact<'entry-list', 1>;

export function createAssessingActivities(deps: LedgerDependencies) {
  return {
    /**
     * Sums the window as it was known at `asOf` and judges it. Windows are whole days or hours of the policy's time zone, in its wall
     * time: the last one is that before `asOf`.
     * What was found but not yet counted is counted first, so a report never misses a segment. A baseline that was still to come at
     * `asOf` is none.
     */
    async assess(order: AssessOrder): Promise<Assessed> {
      const ledger = await openLedger(deps, order);
      const { policy } = ledger;
      const now = wallTime(order.asOf, policy.timezone);
      const { window, maturedWindow } = windowsOf(now, policy);
      const held = order.baseline && (await baselineAt(deps.artefacts, order.baseline, order.asOf, policy.timezone));
      const baseline = held?.body;
      const gridDigest = baseline ? baseline.grid : await currentGrid(deps.store, order.model, order.asOf);
      const segments = await lookAgain(deps, ledger, order.asOf);
      const horizon = joinHorizonDays(policy);
      const isJudged = baseline !== undefined && policy.sources.outcomes !== undefined;
      const earlierFrom = isJudged ? latest(baseline.window.to, plusDays(maturedWindow.from, -earlierDays)) : maturedWindow.from;
      const oldest = plusDays(maturedWindow.from, -horizon - aheadDays);
      const young = segments.filter(({ knownAt }) => knownAt >= oldest);
      const older = segments.filter(({ knownAt }) => knownAt < oldest && knownAt >= plusDays(earlierFrom, -aheadDays));
      const counted = gridDigest === undefined ? [] : await entriesOf(deps, ledger, gridDigest, segments, young);
      const outcomesBefore = gridDigest === undefined ? [] : await outcomesOf(deps, ledger, gridDigest, segments, older);
      const entries = counted.map(({ entry }) => entry);

      const inputs = partitionsOf(entries, { ...window, knownBy: order.asOf });
      const matured = partitionsOf(entries, { ...maturedWindow, knownBy: order.asOf });
      const earlier = partitionsOf(
        [...outcomesBefore, ...counted].map(({ entry }) => entry),
        { from: earlierFrom, to: maturedWindow.from, knownBy: order.asOf },
      );
      const atHandSince = plusDays(maturedWindow.from, -horizon);
      const before =
        baseline && partitionsOf(entries, { from: latest(baseline.window.to, atHandSince), to: window.from, knownBy: order.asOf });
      const source = policy.sources.predictions;
      const named = source.from === 'gateway' || source.version !== undefined;
      const version = (named ? order.version : unversioned) ?? inputs.at(-1)?.version ?? baseline?.version ?? unversioned;
      const since = instantOf(window.from, policy.timezone);
      const recent = entries.filter(({ knownAt }) => knownAt > since);
      const list: EntryList = {
        kind: 'entry-list',
        schemaVersion: 1,
        madeFrom: [...outcomesBefore, ...counted].map(({ digest }) => digest).sort(),
      };
      const grid = gridDigest && (await neededArtefact<Grid>(deps.artefacts, 'grid', gridDigest));
      const entriesDigest = await deps.artefacts.save(list);
      const usable = young.filter((_, index) => entries[index]?.fault === undefined);
      const asked = { segments: usable, window: maturedWindow, version, asOf: order.asOf, madeFrom: [order.policy.digest, entriesDigest] };
      const worst = grid && (await keepWorstRows(deps, ledger, { ...asked, grid }));
      const input: AssessmentInput = {
        policy,
        policyDigest: order.policy.digest,
        asOf: order.asOf,
        version,
        grid: grid ?? { kind: 'grid', schemaVersion: 1, madeFrom: [], model: order.model, columns: [] },
        ...(held && { baseline: { ...held, days: await daysOf(deps, ledger, held.body, segments) } }),
        window,
        maturedWindow,
        windowDays: { inputs, matured, earlier, ...(before && { before }) },
        outcomeArrivals: arrivalsOf(policy, segments, [...outcomesBefore, ...counted]),
        outcomesExpected: matured.filter((day) => day.version === version).reduce((sum, { rows }) => sum + rows, 0),
        entriesDigest,
        anomalies: anomaliesOf(recent, countOrphans(entries, { from: since, to: order.asOf }, horizon)),
        ...(worst && { worst }),
        lookEveryDays: lookEveryDays(policy.watch.schedule, policy.watch.grain),
      };
      const report = assess(input);
      const misfit = order.looksAtGrid ? await misfitOf(deps, input, segments, entries) : undefined;
      const own = baseline && ownWindow(policy, baseline);
      return {
        report: await deps.artefacts.save(report),
        outcome: report.outcome,
        severity: report.severity,
        alarm: report.outcome === 'fail',
        subjects: alarmSubjects(report),
        says: report.says,
        anomalies: report.anomalies,
        faults: recent.flatMap(({ fault }) => (fault === undefined ? [] : [fault.says])).slice(-5),
        ...(misfit === undefined ? {} : { misfit }),
        ...(own && own.fullAt <= now ? { ownDaysSince: own.since } : {}),
      };
    },
  };
}

export type AssessingActivities = ReturnType<typeof createAssessingActivities>;

/** Labels are judged by whole days, also where inputs are by hours: in one hour they are too few. */
function windowsOf(now: EventTime, { watch, labels }: Policy): { window: TimeSpan; maturedWindow: TimeSpan } {
  const to = watch.grain === 'hour' ? startOfHour(now) : startOfDay(now);
  const maturedTo = startOfDay(plusDays(now, -labels.maturesAfterDays));
  const maturedDays = watch.grain === 'hour' ? Math.ceil(watch.windowDays) : watch.windowDays;
  return {
    window: { from: plusDays(to, -watch.windowDays), to },
    maturedWindow: { from: plusDays(maturedTo, -maturedDays), to: maturedTo },
  };
}

function arrivalsOf({ timezone }: Policy, segments: readonly Segment[], counted: readonly { readonly entry: Entry }[]): OutcomeArrivals[] {
  const outcomes = new Set(segments.filter(({ holds }) => holds === 'outcomes').map(({ id }) => id));
  return outcomeArrivals(
    counted.map(({ entry }) => entry),
    ({ segment }) => outcomes.has(segment),
    (instant) => wallTime(instant, timezone).slice(0, 10),
  );
}

/** Entries without their columns: many days of them are held at once, and only their outcomes are asked for. */
async function outcomesOf(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  grid: Digest,
  all: readonly Segment[],
  wanted: readonly Segment[],
): Promise<{ digest: Digest; entry: Entry }[]> {
  const kept: { digest: Digest; entry: Entry }[] = [];
  for (const segment of wanted) {
    for (const { digest, entry } of await entriesOf(deps, ledger, grid, all, [segment])) {
      kept.push({ digest, entry: { ...entry, partitions: entry.partitions.map(outcomesAlone) } });
    }
  }
  return kept;
}

function latest(one: EventTime, other: EventTime): EventTime {
  return one > other ? one : other;
}

/** The baseline's days. Production that was counted as the policy no longer says is counted again. */
function daysOf(deps: LedgerDependencies, ledger: ModelLedger, baseline: Baseline, segments: readonly Segment[]): Promise<Partition[]> {
  return baselineDays(deps.artefacts, baseline, async (entry) => {
    const segment = segments.find(({ id }) => id === entry.segment);
    const isOutdated = baseline.from === 'production' && !isCountedAs(ledger.policy, entry) && segment !== undefined;
    const current = isOutdated ? await entriesOf(deps, ledger, baseline.grid, segments, [segment]) : [];
    return current[0]?.entry ?? entry;
  });
}

function anomaliesOf(entries: readonly Entry[], orphans: number): Partial<Record<AnomalyKind, number>> {
  const sums: Partial<Record<AnomalyKind, number>> = orphans > 0 ? { orphan: orphans } : {};
  for (const { anomalies } of entries) {
    for (const [kind, count] of Object.entries(anomalies) as [AnomalyKind, number][]) sums[kind] = (sums[kind] ?? 0) + count;
  }
  return sums;
}
