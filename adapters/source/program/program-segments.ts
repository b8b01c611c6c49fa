import { join } from 'node:path';
import { instantOf, wallTime } from '../../../domain/calendar/wall-time.ts';
import { type EventTime, plusDays } from '../../../domain/identity/event-time.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';
import { startOfDay } from '../../../domain/ledger/start-of-day.ts';
import { startOfHour } from '../../../domain/ledger/start-of-hour.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import type { LatestTimes } from '../files/latest-times.ts';
import type { Identities } from '../identities.ts';
import { askProgram } from './ask-program.ts';
import { type SealedResult, sealedResults, sealResult } from './sealed-results.ts';

interface Asking {
  readonly stateRoot: string;
  /** Folder of the policy file. */
  readonly folder: string;
  readonly pathPrefix: string | undefined;
  readonly signal: AbortSignal | undefined;
}

interface Reading extends Asking {
  readonly knownBy: EventTime;
  readonly identities: Identities;
  readonly latestTimes: LatestTimes;
}

/**
 * What a program of the policy has given: each result is one sealed segment, known at the latest time in it, and at the end of its
 * interval at the latest. Whole days that no result covers yet are asked for now; whole hours, where rows are counted by the hour.
 *
 * @throws SourceProgramFailed
 */
export async function programSegments(policy: Policy, holds: 'predictions' | 'outcomes', reading: Reading): Promise<Segment[]> {
  const days = policy.baseline.windowDays + policy.watch.windowDays + policy.labels.maturesAfterDays;
  const now = wallTime(reading.knownBy, policy.timezone);
  const midnight = startOfDay(now);
  const end = policy.watch.grain === 'hour' ? startOfHour(now) : midnight;
  const [from, to] = [plusDays(midnight, -Math.ceil(days)), end].map((wall) => instantOf(wall, policy.timezone)) as [EventTime, EventTime];
  const timeColumn = holds === 'predictions' ? predictionTime(policy) : outcomeTime(policy);
  const segments: Segment[] = [];
  for (const result of await programResults(policy, holds, { from, to }, reading)) {
    const { path, format } = result;
    const id = await reading.identities.of(path);
    if (id === undefined) continue;
    const latest = timeColumn === undefined ? undefined : await reading.latestTimes.of({ id, path, format }, timeColumn);
    const knownAt = latest !== undefined && latest < result.to ? latest : result.to;
    if (knownAt <= reading.knownBy) segments.push({ id, holds, path, format, knownAt });
  }
  return segments;
}

/**
 * Results of a source's program, those up to `to` asked for now where there are none.
 *
 * @param wanted where the first question begins, and where the last one ends
 */
export async function programResults(
  policy: Policy,
  holds: 'predictions' | 'outcomes' | 'history',
  wanted: { readonly from: EventTime; readonly to: EventTime },
  { stateRoot, folder, pathPrefix, signal }: Asking,
): Promise<SealedResult[]> {
  const source = policy.sources[holds];
  if (source?.from !== 'program') return [];
  const results = join(stateRoot, 'sources', policy.model, holds);
  const { run, timeLimitSeconds } = source;
  const program = { model: policy.model, source: `sources.${holds}`, run, timeLimitSeconds, folder, pathPrefix };
  for (;;) {
    const sealed = await sealedResults(results);
    const from = sealed.at(-1)?.to ?? wanted.from;
    if (from >= wanted.to) return sealed;
    const launches = join(results, 'runs', String(sealed.length).padStart(6, '0'));
    const { asked, table } = await askProgram(launches, program, { from, to: wanted.to }, signal);
    if (table === undefined) return sealed;
    await sealResult(results, sealed.length, asked, table.path, table.format);
  }
}

function predictionTime({ sources: { predictions } }: Policy): string | undefined {
  return predictions.from === 'gateway' ? undefined : predictions.time;
}

function outcomeTime({ sources: { outcomes } }: Policy): string | undefined {
  return outcomes === undefined || outcomes.from === 'gateway' ? undefined : outcomes.knownAt;
}
