import type { Action } from '../decision/decision.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, EffectKey, ModelName, Version } from '../identity/names.ts';
import type { Mode } from '../policy/policy.ts';
import type { LifecycleEffect } from './effect.ts';

/** All the entity knows. Plain data under 64 KB: it is carried through continue-as-new and snapshotted at each transition. */
export interface LifecycleState {
  readonly schemaVersion: 1;
  readonly model: ModelName;
  readonly revision: number;
  readonly clock: 'live' | 'replay';
  /** The latest event time anything was decided on; it only grows. */
  readonly asOf?: EventTime;
  readonly policy: AppliedPolicy;
  readonly baseline?: Digest;
  readonly champion?: Version;
  readonly previous?: Version;
  readonly phase: Phase;
  readonly paused?: { readonly by: string; readonly reason: string };
  /** Decisions that wait for a person in mode `advise`. */
  readonly proposed?: { readonly decision: DecisionId; readonly action: Action; readonly asOf: EventTime };
  readonly lastDecision?: { readonly decision: DecisionId; readonly digest: Digest; readonly action: Action; readonly asOf: EventTime };
  /** Reports that arrived since the last decision, newest last. */
  readonly lastReports: readonly Digest[];
  readonly attempts: readonly EventTime[];
  readonly outbox: readonly LifecycleEffect[];
  /** Ids of the last 500 events, so that a doubled event is no event. */
  readonly seen: readonly string[];
  readonly audit: { readonly next: number; readonly head?: Digest };
}

export interface AppliedPolicy {
  readonly digest: Digest;
  /** Folder of the policy file: its globs and commands are relative to it. */
  readonly folder: string;
  readonly mode: Mode;
  /** What the entity itself must know of approvals. */
  readonly approval: 'none' | { readonly people: 1 | 2; readonly expiresAfterHours: number };
}

export type Phase =
  | { readonly at: 'idle' }
  | { readonly at: 'retraining'; readonly by: DecisionId }
  | {
      readonly at: 'awaiting-approval';
      readonly by: DecisionId;
      readonly candidate: Version;
      readonly evidence: Digest;
      readonly people: readonly string[];
      readonly expiresAtWallMilliseconds: number;
    }
  | { readonly at: 'rolling-out'; readonly by: DecisionId; readonly candidate: Version }
  | { readonly at: 'rolling-back'; readonly by: DecisionId; readonly to?: Version }
  | { readonly at: 'needs-attention'; readonly why: string; readonly failed?: EffectKey }
  | { readonly at: 'retired' };
