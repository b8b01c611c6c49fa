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
 * Prediction files: each is one sealed segment, known at the latest event time in it that is not after it was last written: a stray time of
 * the far future hides no file. One without such a time is known since it was written, so that counting meets it and says what is wrong.
 */
export async function predictionFiles(policy: Policy, reading: Reading): Promise<Segment[]> {
  const source = policy.sources.predictions;
  if (source.from !== 'files') return [];
  return fileSegments(source.glob, 'predictions', reading, (file, written) => reading.latestTimes.of(file, source.time, written));
}

/**
 * Outcome files: known at the latest time of the column the policy names; else at the latest prediction time in it, when it holds that
 * column, plus the time labels take to mature; else since it was last written. Times after that are passed over, as in predictions.
 */
export async function outcomeFiles(policy: Policy, reading: Reading): Promise<Segment[]> {
  const { outcomes, predictions } = policy.sources;
  if (outcomes?.from !== 'files') return [];
  return fileSegments(outcomes.glob, 'outcomes', reading, async (file, written) => {
    if (outcomes.knownAt !== undefined) return reading.latestTimes.of(file, outcomes.knownAt, written);
    if (predictions.from !== 'files') return undefined;
    const predicted = await reading.latestTimes.of(file, predictions.time, written);
    return predicted && plusDays(predicted, policy.labels.maturesAfterDays);
  });
}

type File = Pick<Segment, 'id' | 'path' | 'format'>;

async function fileSegments(
  glob: string,
  holds: 'predictions' | 'outcomes',
  { folder, knownBy, identities }: Reading,
  knownAtOf: (file: File, written: EventTime) => Promise<EventTime | undefined>,
): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const path of await filesByGlob(glob, folder)) {
    const format = formatOf(path);
    const id = await identities.of(path);
    if (format === undefined || id === undefined) continue;
    const written = eventTime((await stat(path)).mtimeMs);
    const knownAt = (await knownAtOf({ id, path, format }, written)) ?? written;
    if (knownAt <= knownBy) segments.push({ id, holds, path, format, knownAt });
  }
  return segments;
}
