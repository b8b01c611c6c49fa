import { z } from 'zod';
import type { EffectKey, ModelName, Version } from '../../../domain/identity/names.ts';
import type { Candidate, RegisteredVersion } from '../../../domain/registry/registry.port.ts';
import { isRefusal } from '../../../domain/registry/registry-refusal.ts';
import { resolveSource } from './model-source.ts';
import { ensureModel } from './registered-models.ts';
import { asTagList, duplicateTag, hasKey, keyTag, tagList } from './tags.ts';
import type { Transport } from './transport.ts';

const modelVersion = z.object({
  version: z.coerce.string(),
  run_id: z.string().optional(),
  source: z.string().default(''),
  description: z.string().default(''),
  tags: tagList,
});
const oneVersion = z.object({ model_version: modelVersion });
const someVersions = z.object({ model_versions: z.array(modelVersion).default([]) });
const nothing = z.object({});

/**
 * The lowest version that carries the candidate's key. MLflow's `create` is not idempotent: it is asked only when no version
 * has the key, and whatever it says, the search afterwards decides. Versions beside the lowest are tagged as its duplicates.
 */
export async function register(transport: Transport, candidate: Candidate): Promise<Version> {
  const { model, key } = candidate;
  const earlier = await versionsWithKey(transport, model, key);
  if (earlier[0] !== undefined) return earlier[0];

  await ensureModel(transport, model);
  const failure = await createVersion(transport, candidate);
  const [canonical, ...duplicates] = await versionsWithKey(transport, model, key);
  if (canonical === undefined) throw failure ?? new Error(`MLflow created a version of ${model} for ${key} and does not find it again.`);
  for (const duplicate of duplicates) await tagVersion(transport, model, duplicate, { [duplicateTag]: canonical });
  return canonical;
}

export async function findVersion(transport: Transport, name: ModelName, version: Version): Promise<RegisteredVersion | undefined> {
  try {
    const { model_version } = await transport.get('model-versions/get', { name, version }, oneVersion);
    const { run_id, source, description, tags } = model_version;
    return { version, source, description, tags, ...(run_id === undefined || run_id === '' ? {} : { runId: run_id }) };
  } catch (error) {
    if (isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) return undefined;
    throw error;
  }
}

export async function tagVersion(
  transport: Transport,
  name: ModelName,
  version: Version,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [key, value] of Object.entries(tags)) {
    await transport.post('model-versions/set-tag', { name, version, key, value }, nothing);
  }
}

export async function describeVersion(transport: Transport, name: ModelName, version: Version, words: string): Promise<void> {
  await transport.patch('model-versions/update', { name, version, description: words });
}

/** The failure when it is not known whether a version was created; a refusal is thrown: then none was. */
async function createVersion(transport: Transport, { model, key, runId, source, tags }: Candidate): Promise<unknown> {
  const body = {
    name: model,
    run_id: runId,
    tags: asTagList({ ...tags, [keyTag]: key }),
    ...(await resolveSource(transport, source)),
  };
  try {
    await transport.post('model-versions/create', body, oneVersion);
    return undefined;
  } catch (error) {
    if (isRefusal(error)) throw error;
    return error;
  }
}

async function versionsWithKey(transport: Transport, model: ModelName, key: EffectKey): Promise<readonly Version[]> {
  const query = { filter: `name = '${model}' AND ${hasKey(key)}`, max_results: '100' };
  const { model_versions } = await transport.get('model-versions/search', query, someVersions);
  return model_versions.map(({ version }) => version as Version).toSorted((a, b) => Number(a) - Number(b));
}
