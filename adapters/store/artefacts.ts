import { createHash } from 'node:crypto';
import type { Artefact } from '../../domain/identity/artefact.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { expand } from '../../domain/policy/standard.ts';
import type { Artefacts } from '../../domain/store/artefacts.port.ts';
import type { Store } from '../../domain/store/store.port.ts';
import { digestOfText } from './digest.ts';

/** Bytes of artefacts kept in memory, so that a fold over a ledger does not fetch them again. */
const keptBytes = 32 * 1024 * 1024;

/** Artefacts in a store, under `<folder>/<kind>/<digest>.json`. What is read is checked against its name before it is believed. */
export function createArtefacts(store: Store, folder = 'artefacts'): Artefacts {
  const kept = createKept();
  return {
    async save(artefact) {
      const text = canonicalJson(artefact);
      const digest = digestOfText(text);
      const key = keyOf(folder, artefact.kind, digest);
      if (kept.get(key) === undefined) {
        await store.put(key, new TextEncoder().encode(text));
        kept.add(key, text);
      }
      return digest;
    },

    async read<T extends Artefact>(kind: T['kind'], digest: Digest) {
      const key = keyOf(folder, kind, digest);
      const text = kept.get(key) ?? (await readChecked(store, key, digest));
      if (text === undefined) return undefined;
      kept.add(key, text);
      const artefact = JSON.parse(text) as T;
      if (artefact.kind !== kind) throw new Error(`${key} is of kind ${artefact.kind}: it was stored under a wrong name.`);
      return upcast(artefact);
    },
  };
}

/** An artefact as this program knows its kind: what a policy did not say when it was stored is what the preset says now. */
function upcast<T extends Artefact>(stored: T): T {
  return stored.kind === 'policy' ? (expand(stored as Artefact as Policy) as Artefact as T) : stored;
}

function keyOf(folder: string, kind: string, digest: Digest): string {
  return `${folder}/${kind}/${digest}.json`;
}

async function readChecked(store: Store, key: string, digest: Digest): Promise<string | undefined> {
  const bytes = await store.get(key);
  if (bytes === undefined) return undefined;
  const held = createHash('sha256').update(bytes).digest('hex');
  if (held !== digest) throw new Error(`${key} was changed or damaged: its bytes have the digest ${held}. Restore it from a copy.`);
  return new TextDecoder().decode(bytes);
}

interface Kept {
  get(key: string): string | undefined;
  add(key: string, text: string): void;
}

/** The texts last used, up to so many bytes; a Map keeps the order of use. */
function createKept(): Kept {
  const texts = new Map<string, string>();
  let bytes = 0;
  const drop = (key: string) => {
    bytes -= texts.get(key)?.length ?? 0;
    texts.delete(key);
  };
  return {
    get: (key) => texts.get(key),
    add(key, text) {
      drop(key);
      texts.set(key, text);
      bytes += text.length;
      for (const oldest of texts.keys()) {
        if (bytes <= keptBytes) return;
        drop(oldest);
      }
    },
  };
}
