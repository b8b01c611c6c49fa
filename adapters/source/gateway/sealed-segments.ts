import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventTime } from '../../../domain/identity/event-time.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';
import { readSegmentName } from '../../../domain/traffic/segment-name.ts';
import type { Identities } from '../identities.ts';

/** Segments of one kind the gateway sealed by then. Their names say when their records became known. */
export async function sealedSegments(
  stateRoot: string,
  model: ModelName,
  holds: 'predictions' | 'outcomes',
  knownBy: EventTime,
  identities: Identities,
): Promise<Segment[]> {
  const folder = join(stateRoot, 'gateway', model, holds);
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw cause;
  });
  const segments: Segment[] = [];
  for (const name of names.sort()) {
    const sealed = readSegmentName(name);
    if (sealed === undefined || sealed.knownAt > knownBy) continue;
    const path = join(folder, name);
    const id = await identities.of(path);
    if (id !== undefined) segments.push({ id, holds, path, format: 'ndjson', knownAt: sealed.knownAt });
  }
  return segments;
}
