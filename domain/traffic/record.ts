import type { EventTime } from '../identity/event-time.ts';
import type { ModelName, Version } from '../identity/names.ts';
import type { ArmName } from './routing-table.ts';

/** One request through the gateway: a line of a prediction segment. */
export interface PredictionRecord {
  readonly id: string;
  readonly model: ModelName;
  readonly time: EventTime;
  readonly unit: string;
  readonly arm: ArmName;
  readonly version: Version;
  /** Of the routing table that assigned the unit, and the candidate's share in it. */
  readonly epoch: number;
  readonly candidateShare: number;
  /** HTTP status the caller got. */
  readonly status: number;
  readonly error?: string;
  readonly latencyMilliseconds: number;
  readonly features: Readonly<Record<string, string | number | boolean | null>>;
  readonly prediction?: string | number | boolean;
}

/** What turned out to be true: a line of an outcome segment. `time` is when it became known. */
export interface OutcomeRecord {
  readonly id: string;
  readonly model: ModelName;
  readonly time: EventTime;
  readonly label: string | number | boolean;
}
