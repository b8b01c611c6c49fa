import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../identity/names.ts';
import type { AppliedPolicy } from '../policy/applied-policy.ts';

/** What the rollOut workflow is asked to do. */
export interface RollOutOrder {
  readonly decision: DecisionId;
  readonly model: ModelName;
  readonly asOf: EventTime;
  readonly policy: AppliedPolicy;
  readonly candidate: Version;
  readonly champion?: Version;
  /** Served as the way back so far; a promotion makes the champion that. */
  readonly previous?: Version;
  readonly clock: 'live' | 'replay';
}

export interface RollOutReport {
  readonly decision: DecisionId;
  readonly candidate: Version;
  /** `held`: the maximum duration passed without proof either way; a person decides. */
  readonly outcome: 'promoted' | 'rolled-back' | 'superseded' | 'held' | 'failed';
  readonly evidence?: Digest;
  readonly asOf: EventTime;
  readonly says: string;
}

export interface RollBackOrder {
  readonly decision: DecisionId;
  readonly model: ModelName;
  readonly because: string;
  readonly by: string;
  /** The version to take traffic from; absent: the candidate if there is one, else the champion in favour of `previous`. */
  readonly from?: Version;
  readonly to?: Version;
}

export interface RollBackReport {
  readonly decision: DecisionId;
  readonly outcome: 'rolled-back' | 'nothing-to-do';
  readonly from?: Version;
  readonly to?: Version;
  readonly epoch?: number;
  readonly says: string;
}
