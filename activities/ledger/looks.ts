import type { EventTime } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { type Look, nextLook } from '../../domain/ledger/look.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import type { Store } from '../../domain/store/store.port.ts';
import { readJson, writeJson } from '../stored-json.ts';
import type { LedgerDependencies, ModelLedger } from './model-ledger.ts';

/**
 * Looks at the sources and writes down what is new, as the next look. Of any number that look at once one writes a number; the others
 * look again after it.
 *
 * @returns all segments known by then, in the order of looks
 */
export async function lookAgain(deps: LedgerDependencies, { model, policy, applied }: ModelLedger, asOf: EventTime): Promise<Segment[]> {
  for (;;) {
    const looks = await readLooks(deps.store, model);
    const found = await deps.sources.find(policy, applied.folder, asOf);
    const next = nextLook(looks, found, asOf);
    if (next === undefined) return knownSegments(looks, asOf);
    const key = `looks/${model}/${String(looks.length).padStart(10, '0')}.json`;
    if ((await writeJson(deps.store, key, next)) === 'written') return knownSegments([...looks, next], asOf);
  }
}

/** All segments known by then that some look has seen, in the order of looks. */
export async function seenSegments(store: Store, model: ModelName, asOf: EventTime): Promise<Segment[]> {
  return knownSegments(await readLooks(store, model), asOf);
}

/** Whether no look of the model went further: what comes of it can change nothing that was reported. */
export async function isNewestLook(store: Store, model: ModelName, asOf: EventTime): Promise<boolean> {
  return (await readLooks(store, model)).every((look) => look.asOf <= asOf);
}

async function readLooks(store: Store, model: ModelName): Promise<Look[]> {
  const looks: Look[] = [];
  for await (const key of store.list(`looks/${model}/`)) looks.push((await readJson<Look>(store, key)) as Look);
  return looks;
}

function knownSegments(looks: readonly Look[], asOf: EventTime): Segment[] {
  return looks.flatMap((look) => look.segments).filter((segment) => segment.knownAt <= asOf);
}
