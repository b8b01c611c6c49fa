import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Action } from '../domain/decision/decision.ts';
import type { DecisionId } from '../domain/identity/names.ts';
import type { LifecycleEvent } from '../domain/lifecycle/event.ts';
import type { Command } from '../domain/lifecycle/refusal.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';

/** Something happened: the doorbell children and checks ring. */
export const tell = defineSignal<[LifecycleEvent]>('tell');

/** A person asks for something; answered when it has taken effect, refused with the reason when it makes no sense now. */
export const command = defineUpdate<CommandAnswer, [Command]>('command');

export const status = defineQuery<EntityStatus>('status');

export interface CommandAnswer {
  readonly revision: number;
  readonly awaited: string;
  readonly decision?: { readonly id: DecisionId; readonly action: Action; readonly because: string };
}

export interface EntityStatus {
  readonly state: LifecycleState;
  /** Events that are not answered or not on record, and effects that are not acknowledged: zero and zero when the model is at rest. */
  readonly pending: { readonly events: number; readonly effects: number };
}
