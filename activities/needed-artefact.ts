import { ApplicationFailure } from '@temporalio/common';
import type { Artefact } from '../domain/identity/artefact.ts';
import type { Digest } from '../domain/identity/names.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';

/**
 * An artefact the work cannot go on without.
 *
 * @throws ApplicationFailure `ArtefactMissing`, non-retryable
 */
export async function neededArtefact<T extends Artefact>(artefacts: Artefacts, kind: T['kind'], digest: Digest): Promise<T> {
  const artefact = await artefacts.read<T>(kind, digest);
  if (artefact !== undefined) return artefact;
  throw ApplicationFailure.create({
    type: 'ArtefactMissing',
    message: `The store has no ${kind} ${digest}. Point the worker at the store it was written to, or restore it from a copy.`,
    nonRetryable: true,
  });
}
