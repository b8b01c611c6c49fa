import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EventTime } from '../domain/identity/event-time.ts';
import type { ModelName } from '../domain/identity/names.ts';
import { readInstant } from '../domain/traffic/instant.ts';
import type { OutcomeRecord, PredictionRecord } from '../domain/traffic/record.ts';
import { readSegmentName, segmentName } from '../domain/traffic/segment-name.ts';
import type { Counters } from './counters.ts';
import { mend, OpenSegment } from './open-segment.ts';
import { syncFolder, writeAtomically } from './write-atomically.ts';

const kinds = ['predictions', 'outcomes'] as const;
type Kind = (typeof kinds)[number];

const sealAtBytes = 64 * 2 ** 20;

export interface Sealing {
  /** Names of the segments sealed, `predictions/…` or `outcomes/…`. */
  readonly sealed: readonly string[];
  /** Absent: nothing was ever sealed, and no time was given. */
  readonly watermark?: EventTime;
}

interface Taken {
  readonly kind: Kind;
  readonly segment: OpenSegment;
  readonly name: string;
}

/**
 * The records of one model: one open file of predictions and one of outcomes, sealed by renaming them into their folders. A segment
 * becomes known at the `asOf` of its sealing, which never goes back: whoever has read up to the watermark has read everything
 * known by then.
 */
export class RecordLog {
  private readonly model: ModelName;
  private readonly folder: string;
  private readonly counters: Counters;
  private readonly open = new Map<Kind, OpenSegment>();
  /** Taken out of use, not yet renamed. */
  private taken: Taken[] = [];
  private sequence = 0;
  private watermark: EventTime | undefined;
  /** Latest event time in the open files. */
  private latest: EventTime | undefined;
  private sealing: Promise<unknown> = Promise.resolve();

  private constructor(model: ModelName, folder: string, counters: Counters) {
    this.model = model;
    this.folder = folder;
    this.counters = counters;
  }

  /** Seals what a crash left open, as known at the latest event time in it. */
  static async open(model: ModelName, folder: string, counters: Counters): Promise<RecordLog> {
    const log = new RecordLog(model, folder, counters);
    for (const name of ['open', ...kinds]) await mkdir(join(folder, name), { recursive: true });
    log.watermark = await readWatermark(folder);
    log.sequence = await lastSequence(folder);
    await log.recover();
    for (const kind of kinds) log.open.set(kind, log.nextSegment(kind));
    return log;
  }

  /** Never waits; a record that finds no room is counted as dropped. */
  add(kind: Kind, record: PredictionRecord | OutcomeRecord): void {
    const segment = this.open.get(kind) as OpenSegment;
    if (segment.add(JSON.stringify(record))) this.latest = latestOf(this.latest, record.time);
    else this.counters.count(this.model, 'dropped');
  }

  /** Writes what waits; seals by itself what has grown too long. A disk that refuses is counted, and asked again next time. */
  async flush(): Promise<void> {
    const segments = [...this.open.values()];
    const results = await Promise.allSettled(segments.map((segment) => segment.flush()));
    const refused = results.filter((result) => result.status === 'rejected').length;
    if (refused > 0) this.counters.count(this.model, 'failedWrites', refused);
    else if (segments.some((segment) => segment.bytes >= sealAtBytes)) await this.seal(undefined).catch(() => undefined);
  }

  /**
   * Seals both open files as known at `asOf`, or at the watermark or the latest event time where those are later, and moves the
   * watermark there. An empty file makes no segment. @throws what the disk said; nothing is lost then, and the next sealing goes on
   */
  seal(asOf: EventTime | undefined): Promise<Sealing> {
    const sealing = this.sealing.catch(() => undefined).then(() => this.sealNow(asOf));
    this.sealing = sealing;
    return sealing;
  }

  private async sealNow(asOf: EventTime | undefined): Promise<Sealing> {
    await this.store();
    const knownAt = latestOf(asOf, this.watermark, this.latest);
    if (knownAt === undefined) return { sealed: [] };
    this.takeOut(knownAt);
    const sealed = await this.store();
    await this.moveWatermark(knownAt);
    return { sealed, watermark: knownAt };
  }

  /** In one go, so that no record can slip in with a time later than `knownAt`. */
  private takeOut(knownAt: EventTime): void {
    this.latest = undefined;
    for (const [kind, segment] of this.open) {
      if (segment.bytes === 0) continue;
      this.taken.push({ kind, segment, name: segmentName(knownAt, sequenceOf(segment.path)) });
      this.open.set(kind, this.nextSegment(kind));
    }
  }

  private async store(): Promise<string[]> {
    const stored: string[] = [];
    for (const { kind, segment, name } of [...this.taken]) {
      await segment.flush();
      await segment.close();
      await rename(segment.path, join(this.folder, kind, name));
      await syncFolder(join(this.folder, kind));
      this.taken.shift();
      stored.push(`${kind}/${name}`);
    }
    return stored;
  }

  private async recover(): Promise<void> {
    const left: { path: string; latest: EventTime | undefined }[] = [];
    for (const name of (await readdir(join(this.folder, 'open'))).sort()) {
      const path = join(this.folder, 'open', name);
      const { bytes, torn } = await mend(path);
      if (torn) this.counters.count(this.model, 'torn');
      if (bytes === 0) await rm(path);
      else left.push({ path, latest: await latestTime(path) });
    }
    this.sequence = Math.max(this.sequence, ...left.map(({ path }) => sequenceOf(path)));
    const knownAt = latestOf(this.watermark, ...left.map(({ latest }) => latest));
    if (left.length === 0 || knownAt === undefined) return;
    for (const { path } of left) await rename(path, join(this.folder, kindOf(path), segmentName(knownAt, sequenceOf(path))));
    for (const kind of kinds) await syncFolder(join(this.folder, kind));
    await this.moveWatermark(knownAt);
  }

  /** After the segments it speaks of: a reader who sees it sees them. */
  private async moveWatermark(asOf: EventTime): Promise<void> {
    if (this.watermark === asOf) return;
    await writeAtomically(join(this.folder, 'watermark.json'), JSON.stringify({ asOf }));
    this.watermark = asOf;
  }

  private nextSegment(kind: Kind): OpenSegment {
    this.sequence += 1;
    return new OpenSegment(join(this.folder, 'open', `${kind}-${String(this.sequence).padStart(6, '0')}.ndjson`));
  }
}

function kindOf(openPath: string): Kind {
  return basename(openPath).startsWith('predictions-') ? 'predictions' : 'outcomes';
}

function sequenceOf(openPath: string): number {
  return Number(/-(\d+)\.ndjson$/.exec(openPath)?.[1]);
}

function latestOf(...times: (EventTime | undefined)[]): EventTime | undefined {
  return times
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
}

async function readWatermark(folder: string): Promise<EventTime | undefined> {
  const path = join(folder, 'watermark.json');
  if (!existsSync(path)) return undefined;
  return readInstant((JSON.parse(await readFile(path, 'utf8')) as { asOf?: unknown }).asOf);
}

async function lastSequence(folder: string): Promise<number> {
  const names = await Promise.all(kinds.map((kind) => readdir(join(folder, kind))));
  return Math.max(0, ...names.flat().map((name) => readSegmentName(name)?.sequence ?? 0));
}

async function latestTime(path: string): Promise<EventTime | undefined> {
  let latest: EventTime | undefined;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    latest = latestOf(latest, timeOf(line));
  }
  return latest;
}

function timeOf(line: string): EventTime | undefined {
  try {
    return readInstant((JSON.parse(line) as { time?: unknown }).time);
  } catch {
    return undefined;
  }
}
