import { z } from 'zod';
import { RegistryRefusal } from '../../../domain/registry/registry-refusal.ts';
import { readRun } from './runs.ts';
import type { Transport } from './transport.ts';

const loggedModel = z.object({ model: z.object({ info: z.object({ model_id: z.string(), name: z.string() }) }) });

/** What `model-versions/create` needs to know of a model's place; a logged model must be named by its id besides. */
export interface ModelSource {
  readonly source: string;
  readonly model_id?: string;
}

/**
 * `models:/m-…` names a logged model. `runs:/<run>/<name>` is looked up among the run's logged models first: since MLflow 3
 * a model is no longer a file of its run, and a version that points there cannot be loaded.
 */
export async function resolveSource(transport: Transport, uri: string): Promise<ModelSource> {
  const modelId = /^models:\/(m-[^/]+)$/.exec(uri)?.[1];
  if (modelId !== undefined) return { source: uri, model_id: modelId };

  const [, runId, path] = /^runs:\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (runId === undefined || path === undefined) {
    throw new RegistryRefusal(
      'INVALID_MODEL_URI',
      `"${uri}" is no model's place. The training program must return "models:/m-…" or "runs:/<run id>/<name>".`,
    );
  }
  const run = await readRun(transport, runId);
  for (const { model_id } of run.outputs.model_outputs) {
    const { model } = await transport.get(`logged-models/${encodeURIComponent(model_id)}`, {}, loggedModel);
    if (model.info.name === path) return { source: `models:/${model_id}`, model_id };
  }
  return { source: `${run.info.artifact_uri}/${path}` };
}
