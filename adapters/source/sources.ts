import type { Sources } from '../../domain/ledger/sources.port.ts';
import { outcomeFiles, predictionFiles } from './files/file-segments.ts';
import type { LatestTimes } from './files/latest-times.ts';
import { sealedSegments } from './gateway/sealed-segments.ts';
import { Identities } from './identities.ts';

/** Segments of the gateway's record log and of files by glob, whichever the policy names. */
export function createSources({ stateRoot, latestTimes }: { stateRoot: string; latestTimes: LatestTimes }): Sources {
  const identities = new Identities();
  return {
    async find(policy, folder, knownBy) {
      const { predictions, outcomes } = policy.sources;
      const reading = { folder, knownBy, identities, latestTimes };
      const sealed = (holds: 'predictions' | 'outcomes') => sealedSegments(stateRoot, policy.model, holds, knownBy, identities);
      return [
        ...(predictions.from === 'gateway' ? await sealed('predictions') : await predictionFiles(policy, reading)),
        ...(outcomes?.from === 'gateway' ? await sealed('outcomes') : await outcomeFiles(policy, reading)),
      ];
    },

    identify: (path) => identities.of(path),
  };
}
