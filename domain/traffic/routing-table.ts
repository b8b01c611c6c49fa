import type { DecisionId, EffectKey, ModelName, Version } from '../identity/names.ts';

export type ArmName = 'champion' | 'candidate';

export interface Arm {
  readonly arm: ArmName;
  readonly version: Version;
  /** Where predictions are asked for: POST, MLflow scoring protocol. */
  readonly url: string;
  /** 0…1; the shares of a table add up to 1. */
  readonly share: number;
}

/** A latch: no share may be raised before a rollout other than the stopped one begins. */
export interface Hold {
  readonly by: string;
  readonly reason: string;
  /** The candidate that lost its traffic when the hold was set. */
  readonly from?: Version;
}

/** Who answers which share of a model's traffic. Replaced whole, under a growing epoch. */
export interface RoutingTable {
  readonly model: ModelName;
  readonly epoch: number;
  /** Whose rollout this is: each draws its group anew. */
  readonly rollout?: DecisionId;
  readonly arms: readonly Arm[];
  readonly hold?: Hold;
  /** Feature whose value is the assignment unit where the caller names none; absent: the request's id. */
  readonly unit?: string;
  /** Event times given by callers are honoured only where this is true. */
  readonly replay: boolean;
  readonly writtenBy: EffectKey;
}
