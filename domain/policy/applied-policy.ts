import type { Digest } from '../identity/names.ts';
import type { Mode } from './policy.ts';

/** A policy in force for a model, and the little the entity itself must know of it. */
export interface AppliedPolicy {
  readonly digest: Digest;
  /** Folder of the policy file: its globs and commands are relative to it. */
  readonly folder: string;
  readonly mode: Mode;
  readonly approval: 'none' | { readonly people: 1 | 2; readonly expiresAfterHours: number };
}
