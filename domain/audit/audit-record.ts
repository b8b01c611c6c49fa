import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { Digest, ModelName } from '../identity/names.ts';

/** One link of a model's audit chain: append-only, each naming the digest of the one before. */
export interface AuditRecord extends Artefact<'audit-record', 1> {
  readonly model: ModelName;
  readonly seq: number;
  readonly previous?: Digest;
  /** Once-only key of what is recorded. */
  readonly key: string;
  readonly what: string;
  readonly says: string;
  readonly evidence?: Digest;
  readonly asOf?: EventTime;
  readonly writtenAtWall: string;
}
