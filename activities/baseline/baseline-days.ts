import type { Baseline } from '../../domain/baseline/baseline.ts';
import type { Entry, Partition } from '../../domain/ledger/entry.ts';
import { partitionsOf } from '../../domain/ledger/partitions-of.ts';
import type { Artefacts } from '../../domain/store/artefacts.port.ts';
import { neededArtefact } from '../needed-artefact.ts';

/**
 * The days a baseline is the sum of, of its version alone.
 *
 * @param current gives what stands for an entry by now; absent: the entry itself
 */
export async function baselineDays(
  artefacts: Artefacts,
  { entries, window, version }: Baseline,
  current: (entry: Entry) => Promise<Entry> = async (entry) => entry,
): Promise<Partition[]> {
  const bodies: Entry[] = [];
  for (const digest of entries) bodies.push(await current(await neededArtefact<Entry>(artefacts, 'entry', digest)));
  const knownBy =
    bodies
      .map(({ knownAt }) => knownAt)
      .sort()
      .at(-1) ?? window.to;
  return partitionsOf(bodies, { ...window, knownBy, version });
}
