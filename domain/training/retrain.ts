import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../identity/names.ts';
import type { Outcome } from '../identity/outcome.ts';
import type { AppliedPolicy } from '../policy/applied-policy.ts';

/** What the retrain workflow is asked to do. */
export interface RetrainOrder {
  readonly decision: DecisionId;
  readonly model: ModelName;
  readonly asOf: EventTime;
  readonly policy: AppliedPolicy;
  readonly strategy: 'full';
  readonly champion?: Version;
  /** For people: who or what asked for it. */
  readonly because: string;
}

export interface RetrainReport {
  readonly decision: DecisionId;
  readonly outcome: Outcome;
  /** Digest of the verdict, or of the failure's record. */
  readonly evidence?: Digest;
  readonly candidate?: Version;
  /** The candidate's scored held-out rows: what its baseline will be made of. */
  readonly heldOut?: Digest;
  /** Set when there is no verdict because a stage failed: a typed failure's code. */
  readonly failure?: string;
  /** One line for people. */
  readonly says: string;
}
