import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../identity/names.ts';
import type { Outcome } from '../identity/outcome.ts';
import type { ArmName } from '../traffic/routing-table.ts';

/** Which step of which rollout is to be watched, and where the last one left off. */
export interface WatchStepOrder {
  readonly decision: DecisionId;
  readonly model: ModelName;
  readonly policy: Digest;
  readonly candidate: Version;
  readonly champion: Version;
  /** Index into the policy's steps. */
  readonly step: number;
  readonly epoch: number;
  /** Routing epoch at which this rollout began: records of older epochs are not its. */
  readonly firstEpoch: number;
  readonly startedAtEvent: EventTime;
  /** Checkpoint of the step before: validity runs across steps. */
  readonly checkpoint?: Digest;
}

export interface WatchStepResult {
  /** `pass`: the next step may begin. `fail`: harm was found. `inconclusive`: the maximum duration passed, or the split is not the configured one. */
  readonly outcome: Outcome;
  readonly checkpoint: Digest;
  /** Event time up to which the log was folded. */
  readonly watermark: EventTime;
  readonly says: string;
}

/** What a heartbeat of the watch carries; under 2 KB. */
export interface WatchHeartbeat {
  /** Set after the judgement at this event time said to go on: the watch waits for traffic beyond it. */
  readonly watermark?: EventTime;
  readonly checkpoint?: Digest;
  readonly says: string;
}

/** The fold over the log so far, as an artefact: exact, and the same whoever computes it, at any speed, after any restart. */
export interface WatchCheckpoint extends Artefact<'watch-checkpoint', 1> {
  readonly decision: DecisionId;
  /** Name of the last segment folded; absent: none was. */
  readonly segment?: string;
  readonly watermark?: EventTime;
  /** Units per arm are distinct; a unit that a higher share moved to the candidate counts in both arms. */
  readonly arms: Readonly<Record<ArmName, ArmCounts>>;
  readonly evidence: Evidence;
  /** First digits of the hashes of units seen by each arm, of units already counted with an error, and of candidate units of `epoch` on; ascending. */
  readonly seenUnits: Readonly<Record<ArmName, readonly string[]>>;
  readonly erredUnits: readonly string[];
  readonly epoch: number;
  readonly stepUnits: readonly string[];
}

export interface ArmCounts {
  readonly units: number;
  /** Units whose first error of this rollout was the arm's. */
  readonly unitsWithError: number;
  readonly requests: number;
  readonly errors: number;
}

/** Natural logarithms of the e-processes: one per alternative of the grid, and the highest mean reached so far. */
export interface Evidence {
  readonly harm: readonly number[];
  readonly harmPeak: number;
  readonly harmless: readonly number[];
  readonly sampleRatio: readonly number[];
  readonly sampleRatioPeak: number;
}
