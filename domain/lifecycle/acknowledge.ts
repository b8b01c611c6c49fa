import type { Digest, EffectKey } from '../identity/names.ts';
import type { LifecycleState } from './state.ts';

/** Takes an effect that was carried out, or that failed and was told so, from the outbox. */
export function acknowledge(state: LifecycleState, key: EffectKey): LifecycleState {
  return { ...state, outbox: state.outbox.filter((effect) => effect.key !== key) };
}

/** Moves the head of the audit chain to a record that was written. */
export function chained(state: LifecycleState, record: { readonly seq: number; readonly digest: Digest }): LifecycleState {
  return { ...state, audit: { next: record.seq + 1, head: record.digest } };
}
