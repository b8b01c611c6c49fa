import type { Digest } from './names.ts';

/** A plain, immutable, content-addressed document that names what it was made from. */
export interface Artefact<K extends string = string, V extends number = number> {
  readonly kind: K;
  readonly schemaVersion: V;
  readonly madeFrom: readonly Digest[];
}
