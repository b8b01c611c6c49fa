import type { EventTime } from '../identity/event-time.ts';
import type { ModelName, Version } from '../identity/names.ts';
import type { ArmName } from './routing-table.ts';

/** One request through the gateway: a line of a prediction segment. */
export interface PredictionRecord {
  readonly id: string;
  readonly model: ModelName;
  readonly time: EventTime;
  readonly unit: string;
  /** The arm the unit was assigned to, and its version. */
  readonly arm: ArmName;
  readonly version: Version;
  /** Of the routing table that assigned the unit, and the candidate's share in it. */
  readonly epoch: number;
  readonly candidateShare: number;
  /** What the assigned arm's attempt came to: 200, 502 (it answered wrongly or not at all) or 504 (too late). */
  readonly status: number;
  readonly error?: string;
  /** Set when the assigned arm failed and the champion answered the caller in its place. */
  readonly servedBy?: 'champion';
  /** Wall time of the assigned arm's attempt. */
  readonly latencyMilliseconds: number;
  readonly features: Features;
  /** What the caller was told, by the assigned arm or by `servedBy`. */
  readonly prediction?: Prediction;
}

export type Features = Readonly<Record<string, string | number | boolean | null>>;
export type Prediction = string | number | boolean;

/** What turned out to be true: a line of an outcome segment. `time` is when it became known. */
export interface OutcomeRecord {
  readonly id: string;
  readonly model: ModelName;
  readonly time: EventTime;
  readonly label: string | number | boolean;
}
