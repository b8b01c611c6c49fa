import { z } from 'zod';
import { isRefusal, RegistryRefusal } from '../../../domain/registry/registry-refusal.ts';
import type { Transport } from './transport.ts';

const found = z.object({ experiment: z.object({ experiment_id: z.string(), lifecycle_stage: z.string() }) });
const created = z.object({ experiment_id: z.string() });

/** Id of the experiment of that name, created when there is none. */
export async function ensureExperiment(transport: Transport, name: string): Promise<string> {
  const existing = await findExperiment(transport, name);
  if (existing !== undefined) return existing;
  try {
    return (await transport.post('experiments/create', { name }, created)).experiment_id;
  } catch (error) {
    const createdMeanwhile = isRefusal(error, 'RESOURCE_ALREADY_EXISTS') ? await findExperiment(transport, name) : undefined;
    if (createdMeanwhile === undefined) throw error;
    return createdMeanwhile;
  }
}

export async function findExperiment(transport: Transport, name: string): Promise<string | undefined> {
  try {
    const { experiment } = await transport.get('experiments/get-by-name', { experiment_name: name }, found);
    if (experiment.lifecycle_stage === 'active') return experiment.experiment_id;
    throw new RegistryRefusal(
      'EXPERIMENT_DELETED',
      `MLflow's experiment "${name}" was deleted. Restore it: mlflow experiments restore --experiment-id ${experiment.experiment_id}`,
    );
  } catch (error) {
    if (isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) return undefined;
    throw error;
  }
}
