import type { Digest, ModelName } from '../identity/names.ts';
import type { WorstRows } from './worst-rows.ts';

/**
 * Where single rows are kept, by model and digest, apart from artefacts that hold nothing but sums: so that people can be kept from them
 * by what the store lets them read. Saving the same rows twice gives the same digest and one object.
 */
export interface RowArchive {
  save(rows: WorstRows): Promise<Digest>;
  /** @throws when the store does not let them be read, or their bytes do not hash to the digest */
  read(model: ModelName, digest: Digest): Promise<WorstRows | undefined>;
}
