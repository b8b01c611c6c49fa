import { RegistryRefusal } from '../../../domain/registry/registry-refusal.ts';
import { readRun } from './runs.ts';
import type { Transport } from './transport.ts';

/** Writes one file into a run's artifacts, through the tracking server. */
export async function logArtifact(transport: Transport, runId: string, path: string, bytes: Uint8Array): Promise<void> {
  const root = (await readRun(transport, runId)).info.artifact_uri;
  if (!root.startsWith('mlflow-artifacts:')) {
    throw new RegistryRefusal(
      'ARTIFACTS_NOT_SERVED',
      `Artifacts of run ${runId} are kept at ${root}, past the tracking server. Start MLflow with --serve-artifacts --artifacts-destination.`,
    );
  }
  const folder = decodeURIComponent(new URL(root).pathname).replace(/^\/+|\/+$/g, '');
  await transport.putArtifact(`${folder}/${path}`, bytes);
}
