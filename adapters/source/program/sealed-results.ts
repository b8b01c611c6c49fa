import { link, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventTime } from '../../../domain/identity/event-time.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';
import type { Interval } from './interval.ts';

/** What a program gave for an interval: a file that never changes. */
export interface SealedResult extends Interval {
  readonly path: string;
  readonly format: Segment['format'];
}

/** The results of a source in the order of their intervals, each of which begins where the one before ends. */
export async function sealedResults(folder: string): Promise<SealedResult[]> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw cause;
  });
  return names.sort().flatMap((name) => readName(folder, name) ?? []);
}

/** Keeps a file as the result with that place in the order. Harmless when it is kept already: then the first stays. */
export async function sealResult(folder: string, place: number, { from, to }: Interval, file: string, format: Segment['format']) {
  await mkdir(folder, { recursive: true });
  const written = await open(file, 'r+');
  await written.sync().finally(() => written.close());
  const name = `${String(place).padStart(6, '0')}-${compact(from)}-${compact(to)}.${format}`;
  await link(file, join(folder, name)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
  });
}

function readName(folder: string, name: string): SealedResult | undefined {
  const [, from, to, format] = /^\d{6,}-(\d{8}T\d{9}Z)-(\d{8}T\d{9}Z)\.(parquet|csv|ndjson)$/.exec(name) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return { from: instant(from), to: instant(to), path: join(folder, name), format: format as Segment['format'] };
}

function compact(time: EventTime): string {
  return time.replace(/[-:.]/g, '');
}

function instant(compacted: string): EventTime {
  return compacted.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z') as EventTime;
}
