import type { Action } from '../decision/decision.ts';
import type { Expectations } from '../decision/expectation.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, EffectKey, ModelName, Version } from '../identity/names.ts';
import type { AppliedPolicy } from '../policy/applied-policy.ts';
import type { Alarm } from './alarm.ts';
import type { BaselineWish } from './baseline-wish.ts';
import type { LifecycleEffect } from './effect.ts';
import type { Episode } from './episode.ts';

/** All the entity knows. Plain data under 64 KB: it is carried through continue-as-new and snapshotted at each transition. */
export interface LifecycleState {
  readonly schemaVersion: 1;
  readonly model: ModelName;
  readonly revision: number;
  readonly clock: 'live' | 'replay';
  /** The latest event time anything was decided on; it only grows. */
  readonly asOf?: EventTime;
  readonly policy: AppliedPolicy;
  /** Of the champion, or of what is watched where there is no champion of ours. */
  readonly baseline?: Digest;
  readonly previousBaseline?: Digest;
  /** A baseline that is being taken. `again`: it was lost once and begun anew. */
  readonly baselining?: BaselineWish & { readonly again?: true };
  /** Why no baseline was taken when one was last looked for; absent when there was none to refuse, or one was taken since. */
  readonly refusedBaseline?: { readonly asOf: EventTime; readonly says: string };
  readonly champion?: Version;
  readonly previous?: Version;
  readonly phase: Phase;
  readonly paused?: { readonly by: string; readonly reason: string };
  /** Decisions that wait for a person in mode `advise`. */
  readonly proposed?: { readonly decision: DecisionId; readonly action: Action; readonly asOf: EventTime };
  readonly lastDecision?: { readonly decision: DecisionId; readonly digest: Digest; readonly action: Action; readonly asOf: EventTime };
  /** The newest reports, oldest first: what a decision may look at. */
  readonly lastReports: readonly Digest[];
  /** The newest alarms, oldest first; absent before the first. */
  readonly alarms?: readonly Alarm[];
  /** The newest; absent before the first, and under rules 1. */
  readonly episode?: Episode;
  readonly expected?: Expectations;
  /** How often the model was looked at, and how many of its episodes, under rules 1 alarms, people called false; absent before the first look. */
  readonly checks?: { readonly since: EventTime; readonly last: EventTime; readonly count: number; readonly falseAlarms: number };
  readonly attempts: readonly EventTime[];
  readonly outbox: readonly LifecycleEffect[];
  /** Ids of the last 500 events, so that a doubled event is no event. */
  readonly seen: readonly string[];
  readonly audit: { readonly next: number; readonly head?: Digest };
}

/** `again`: the child of this decision was lost once and started anew; it adopts what the lost one did. */
export type Phase =
  | { readonly at: 'idle' }
  | { readonly at: 'retraining'; readonly by: DecisionId; readonly because: string; readonly again?: true }
  | {
      readonly at: 'awaiting-approval';
      readonly by: DecisionId;
      readonly candidate: Version;
      readonly heldOut?: Digest;
      readonly evidence: Digest;
      readonly people: readonly string[];
      readonly expiresAtWallMilliseconds: number;
    }
  | { readonly at: 'rolling-out'; readonly by: DecisionId; readonly candidate: Version; readonly heldOut?: Digest; readonly again?: true }
  | { readonly at: 'rolling-back'; readonly by: DecisionId; readonly candidate?: Version }
  | { readonly at: 'needs-attention'; readonly why: string; readonly failed?: EffectKey }
  | { readonly at: 'retired' };
