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

/** Who answers which share of a model's traffic. Replaced whole, under a growing epoch. */
export interface RoutingTable {
  readonly model: ModelName;
  readonly epoch: number;
  /** Salt of the split: each rollout draws its group anew. */
  readonly rollout?: DecisionId;
  readonly arms: readonly Arm[];
  /** No share may be raised while a hold stands. */
  readonly hold?: { readonly by: string; readonly reason: string };
  /** Event times given by callers are honoured only where this is true. */
  readonly replay: boolean;
  readonly writtenBy: EffectKey;
}
