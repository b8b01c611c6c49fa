import { stat } from 'node:fs/promises';
import { type EventTime, eventTime, plusDays } from '../../../domain/identity/event-time.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import type { Identities } from '../identities.ts';
import { formatOf } from './format-of.ts';
import { filesByGlob } from './glob.ts';
import type { LatestTimes } from './latest-times.ts';

interface Reading {
  readonly folder: string;
  readonly knownBy: EventTime;
  readonly identities: Identities;
  readonly latestTimes: LatestTimes;
}

/**
 * Prediction files: each is one sealed segment, known at the latest event time in it. A file without a readable time is known since it
 * was last written, so that counting meets it and says what is wrong.
 */
export async function predictionFiles(policy: Policy, reading: Reading): Promise<Segment[]> {
  const source = policy.sources.predictions;
  if (source.from !== 'files') return [];
  return fileSegments(source.glob, 'predictions', reading, (file) => reading.latestTimes.of(file, source.time));
}

/**
 * Outcome files: known at the latest time of the column the policy names; else at the latest prediction time in it, when it holds that
 * column, plus the time labels take to mature; else since it was last written.
 */
export async function outcomeFiles(policy: Policy, reading: Reading): Promise<Segment[]> {
  const { outcomes, predictions } = policy.sources;
  if (outcomes?.from !== 'files') return [];
  return fileSegments(outcomes.glob, 'outcomes', reading, async (file) => {
    if (outcomes.knownAt !== undefined) return reading.latestTimes.of(file, outcomes.knownAt);
    if (predictions.from !== 'files') return undefined;
    const predicted = await reading.latestTimes.of(file, predictions.time);
    return predicted && plusDays(predicted, policy.labels.maturesAfterDays);
  });
}

type File = Pick<Segment, 'id' | 'path' | 'format'>;

async function fileSegments(
  glob: string,
  holds: 'predictions' | 'outcomes',
  { folder, knownBy, identities }: Reading,
  knownAtOf: (file: File) => Promise<EventTime | undefined>,
): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const path of await filesByGlob(glob, folder)) {
    const format = formatOf(path);
    const id = await identities.of(path);
    if (format === undefined || id === undefined) continue;
    const knownAt = (await knownAtOf({ id, path, format })) ?? eventTime((await stat(path)).mtimeMs);
    if (knownAt <= knownBy) segments.push({ id, holds, path, format, knownAt });
  }
  return segments;
}
