import { plusDays } from '../../domain/identity/event-time.ts';
import type { Sources } from '../../domain/ledger/sources.port.ts';
import { startOfDay } from '../../domain/ledger/start-of-day.ts';
import { outcomeFiles, predictionFiles } from './files/file-segments.ts';
import { filesByGlob } from './files/glob.ts';
import type { LatestTimes } from './files/latest-times.ts';
import { sealedSegments } from './gateway/sealed-segments.ts';
import { Identities } from './identities.ts';
import { programResults, programSegments } from './program/program-segments.ts';

interface Parts {
  readonly stateRoot: string;
  readonly latestTimes: LatestTimes;
  /** Folders in which programs are searched before PATH. */
  readonly pathPrefix?: string;
  /** Of whoever is asking now: ends the programs that were started for it. */
  readonly cancellation?: () => AbortSignal;
}

/** Segments of the gateway's record log, of files by glob and of programs, whichever the policy names. */
export function createSources({ stateRoot, latestTimes, pathPrefix, cancellation }: Parts): Sources {
  const identities = new Identities();
  return {
    async find(policy, folder, knownBy) {
      const { predictions, outcomes } = policy.sources;
      const reading = { stateRoot, folder, knownBy, identities, latestTimes, pathPrefix, signal: cancellation?.() };
      const sealed = (holds: 'predictions' | 'outcomes') => sealedSegments(stateRoot, policy.model, holds, knownBy, identities);
      return [
        ...(predictions.from === 'gateway' ? await sealed('predictions') : await predictionFiles(policy, reading)),
        ...(outcomes?.from === 'gateway' ? await sealed('outcomes') : await outcomeFiles(policy, reading)),
        ...(await programSegments(policy, 'predictions', reading)),
        ...(await programSegments(policy, 'outcomes', reading)),
      ];
    },

    async history(policy, folder, knownBy) {
      const { history } = policy.sources;
      if (history === undefined) return [];
      if (history.from === 'files') return filesByGlob(history.glob, folder);
      const matured = plusDays(knownBy, -policy.labels.maturesAfterDays);
      const wanted = { from: plusDays(startOfDay(knownBy), -(policy.training?.windowDays ?? 0)), to: startOfDay(matured) };
      const results = await programResults(policy, 'history', wanted, { stateRoot, folder, pathPrefix, signal: cancellation?.() });
      return results.filter(({ to }) => to <= knownBy).map(({ path }) => path);
    },

    identify: (path) => identities.of(path),
  };
}
