import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../identity/names.ts';
import type { Outcome } from '../identity/outcome.ts';

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
  /** `pass`: the next step may begin. `fail`: harm was found. `inconclusive`: the maximum duration passed. */
  readonly outcome: Outcome;
  readonly checkpoint: Digest;
  /** Event time up to which the log was folded. */
  readonly watermark: EventTime;
  readonly says: string;
}

/** What a heartbeat of the watch carries; under 2 KB. */
export interface WatchHeartbeat {
  /** Absent until a sealed segment was folded. */
  readonly watermark?: EventTime;
  readonly checkpoint?: Digest;
  readonly says: string;
}

/** The fold over the log so far, as an artefact: exact, and the same whoever computes it. */
export interface WatchCheckpoint extends Artefact<'watch-checkpoint', 1> {
  readonly decision: DecisionId;
  /** Name of the last segment folded, and how many records of it. */
  readonly segment?: string;
  readonly watermark?: EventTime;
  readonly arms: Readonly<
    Record<
      'champion' | 'candidate',
      { readonly units: number; readonly unitsWithError: number; readonly requests: number; readonly errors: number }
    >
  >;
  /** Logarithms of the e-processes, by name. */
  readonly evidence: Readonly<Record<string, readonly number[]>>;
  /** First digits of the hashes of units seen, and of units already counted with an error. */
  readonly seenUnits: readonly string[];
  readonly erredUnits: readonly string[];
}
