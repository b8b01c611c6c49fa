import { createHash } from 'node:crypto';
import type { Artefact } from '../../domain/identity/artefact.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { Digest } from '../../domain/identity/names.ts';

/** The name of an artefact: sha256 of its whole canonical JSON, kind and schema version included, as 64 hex digits. */
export function digestOf(artefact: Artefact): Digest {
  return digestOfText(canonicalJson(artefact));
}

/** sha256 of canonical text, for values that are inputs rather than artefacts. */
export function digestOfText(text: string): Digest {
  return createHash('sha256').update(text, 'utf8').digest('hex') as Digest;
}
