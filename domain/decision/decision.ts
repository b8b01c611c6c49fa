import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../identity/names.ts';
import type { Expectations } from './expectation.ts';

/** What to do, why, from which inputs, and how near it was to being otherwise. A value: it can be computed again. */
export interface Decision extends Artefact<'decision', 1> {
  readonly id: DecisionId;
  readonly model: ModelName;
  readonly asOf: EventTime;
  readonly source: DecisionSource;
  readonly action: Action;
  readonly reasons: readonly Reason[];
  readonly inputs: DecisionInputs;
  readonly engineVersion: 1;
}

export type DecisionSource = 'report' | 'schedule' | 'operator' | 'emergency';

export type Action =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'watch' }
  | { readonly kind: 'investigate-data' }
  | { readonly kind: 'retrain'; readonly strategy: 'full' }
  | { readonly kind: 'throttled'; readonly until: EventTime; readonly wanted: 'retrain' }
  | { readonly kind: 'roll-back'; readonly to: Version }
  | { readonly kind: 'escalate' };

export interface Reason {
  readonly code: string;
  readonly says: string;
  readonly evidence?: Digest;
  readonly policyPath?: string;
  /** What the value was, what it would have had to be for another decision, and that in words. */
  readonly nearestFlip?: { readonly value: number; readonly threshold: number; readonly says: string };
}

/** All that `decide` may look at. `request` is what a person asked for. */
export interface DecisionInputs {
  readonly policy: Digest;
  readonly reports: readonly Digest[];
  readonly state: DecisionState;
  readonly request?: { readonly kind: 'retrain' | 'roll-back'; readonly emergency: boolean; readonly who: string; readonly reason: string };
}

/** The part of a model's life a decision depends on. */
export interface DecisionState {
  readonly revision: number;
  readonly phase: string;
  readonly champion?: Version;
  readonly previous?: Version;
  readonly paused: boolean;
  /** As-of of each retraining attempt, ascending. */
  readonly attempts: readonly EventTime[];
  /** What people have said will alarm; absent when nothing is. */
  readonly expected?: Expectations;
}
