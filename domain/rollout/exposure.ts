import type { EventTime } from '../identity/event-time.ts';
import type { ArmName } from '../traffic/routing-table.ts';

/** What the fold needs of one request of this rollout. */
export interface Exposure {
  readonly id: string;
  readonly time: EventTime;
  /** First digits of a hash of the assignment unit: checkpoints name no people. */
  readonly unit: string;
  readonly arm: ArmName;
  readonly epoch: number;
  /** The candidate's share in the table that assigned the unit, 0…1. */
  readonly candidateShare: number;
  /** The assigned arm failed to answer. */
  readonly erred: boolean;
}
