import type { Artefact } from '../identity/artefact.ts';
import type { Digest } from '../identity/names.ts';

/** Artefacts by digest. Saving the same artefact twice gives the same digest and one object. */
export interface Artefacts {
  save(artefact: Artefact): Promise<Digest>;
  /** @throws when the object exists and its bytes do not hash to the digest, or it is of another kind */
  read<T extends Artefact>(kind: T['kind'], digest: Digest): Promise<T | undefined>;
}
