import type { Baseline } from '../../domain/baseline/baseline.ts';
import { wallTime } from '../../domain/calendar/wall-time.ts';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { Artefacts } from '../../domain/store/artefacts.port.ts';
import { neededArtefact } from '../needed-artefact.ts';

/**
 * What a baseline was at a time: on the grid that was the model's then. Undefined while its days were still to come, so that nothing is
 * judged by its own future; days are those of the policy's zone.
 */
export async function baselineAt(
  artefacts: Artefacts,
  digest: Digest,
  asOf: EventTime,
  timezone: string,
): Promise<{ readonly digest: Digest; readonly body: Baseline } | undefined> {
  const body = await neededArtefact<Baseline>(artefacts, 'baseline', digest);
  if (body.regridded !== undefined && asOf <= body.regridded.at) return baselineAt(artefacts, body.regridded.of, asOf, timezone);
  return body.window.to <= wallTime(asOf, timezone) ? { digest, body } : undefined;
}
