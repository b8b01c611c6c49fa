import type { EventTime } from '../identity/event-time.ts';
import type { Digest } from '../identity/names.ts';
import type { ArmName } from '../traffic/routing-table.ts';
import { afterFirstError, afterFirstExposure, noEvidence } from './evidence.ts';
import type { Exposure } from './exposure.ts';
import type { Evidence, WatchCheckpoint, WatchStepOrder } from './watch-step.ts';

/** A checkpoint opened for work: the same content with sets in place of sorted lists. */
export interface WatchFold {
  readonly segment?: string;
  readonly watermark?: EventTime;
  readonly evidence: Evidence;
  readonly tallies: Readonly<Record<ArmName, Tally>>;
  readonly erred: ReadonlySet<string>;
  readonly stepUnits: ReadonlySet<string>;
}

interface Tally {
  readonly seen: ReadonlySet<string>;
  readonly unitsWithError: number;
  readonly requests: number;
  readonly errors: number;
}

/** Goes on from a checkpoint, or from nothing. Units of the step begin anew where the checkpoint is of an earlier step. */
export function openFold(order: WatchStepOrder, checkpoint?: WatchCheckpoint): WatchFold {
  if (checkpoint === undefined) {
    const empty: Tally = { seen: new Set(), unitsWithError: 0, requests: 0, errors: 0 };
    return { evidence: noEvidence, tallies: { champion: empty, candidate: empty }, erred: new Set(), stepUnits: new Set() };
  }
  const tally = (arm: ArmName): Tally => ({ ...checkpoint.arms[arm], seen: new Set(checkpoint.seenUnits[arm]) });
  return {
    ...(checkpoint.segment !== undefined && { segment: checkpoint.segment }),
    ...(checkpoint.watermark !== undefined && { watermark: checkpoint.watermark }),
    evidence: checkpoint.evidence,
    tallies: { champion: tally('champion'), candidate: tally('candidate') },
    erred: new Set(checkpoint.erredUnits),
    stepUnits: new Set(checkpoint.epoch === order.epoch ? checkpoint.stepUnits : []),
  };
}

/**
 * Folds the exposures of one sealed segment. The order they stand in does not matter: they are taken by time, then by id.
 *
 * @param harmMargin relative risk of an error from which on it is harm
 * Cost O(exposures log exposures + units seen so far).
 */
export function foldSegment(
  fold: WatchFold,
  segment: { readonly name: string; readonly knownAt: EventTime },
  exposures: readonly Exposure[],
  order: WatchStepOrder,
  harmMargin: number,
): WatchFold {
  const tallies = { champion: reopened(fold.tallies.champion), candidate: reopened(fold.tallies.candidate) };
  const [erred, stepUnits] = [new Set(fold.erred), new Set(fold.stepUnits)];
  let evidence = fold.evidence;
  for (const exposure of exposures.toSorted(byTimeThenId)) {
    const isCandidate = exposure.arm === 'candidate';
    const tally = tallies[exposure.arm];
    const isNew = !tallies.champion.seen.has(exposure.unit) && !tallies.candidate.seen.has(exposure.unit);
    if (isNew) evidence = afterFirstExposure(evidence, exposure.candidateShare, isCandidate);
    tally.seen.add(exposure.unit);
    tally.requests += 1;
    if (isCandidate && exposure.epoch >= order.epoch) stepUnits.add(exposure.unit);
    if (!exposure.erred) continue;
    tally.errors += 1;
    if (erred.has(exposure.unit)) continue;
    erred.add(exposure.unit);
    tally.unitsWithError += 1;
    evidence = afterFirstError(evidence, harmMargin, exposure.candidateShare, isCandidate);
  }
  return { segment: segment.name, watermark: segment.knownAt, evidence, tallies, erred, stepUnits };
}

/** The fold as an artefact. It names what the step began with, not the checkpoints on the way: how many those were depends on the weather. */
export function checkpointOf(fold: WatchFold, order: WatchStepOrder): WatchCheckpoint {
  const madeFrom: Digest[] = order.checkpoint === undefined ? [order.policy] : [order.policy, order.checkpoint];
  const counts = ({ seen, ...tally }: Tally) => ({ ...tally, units: seen.size });
  return {
    kind: 'watch-checkpoint',
    schemaVersion: 1,
    madeFrom,
    decision: order.decision,
    ...(fold.segment !== undefined && { segment: fold.segment }),
    ...(fold.watermark !== undefined && { watermark: fold.watermark }),
    arms: { champion: counts(fold.tallies.champion), candidate: counts(fold.tallies.candidate) },
    evidence: fold.evidence,
    seenUnits: { champion: [...fold.tallies.champion.seen].sort(), candidate: [...fold.tallies.candidate.seen].sort() },
    erredUnits: [...fold.erred].sort(),
    epoch: order.epoch,
    stepUnits: [...fold.stepUnits].sort(),
  };
}

function reopened(tally: Tally) {
  return { ...tally, seen: new Set(tally.seen) };
}

function byTimeThenId(a: Exposure, b: Exposure): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return 0;
}
