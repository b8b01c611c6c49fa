import { z } from 'zod';
import type { EffectKey, ModelName } from '../../../domain/identity/names.ts';
import { ensureExperiment } from './experiments.ts';
import { asTagList, duplicateTag, hasKey, keyTag } from './tags.ts';
import type { Transport } from './transport.ts';

const info = z.object({
  run_id: z.string(),
  start_time: z.coerce.number().default(0),
  artifact_uri: z.string().default(''),
});
const run = z.object({
  info,
  outputs: z.object({ model_outputs: z.array(z.object({ model_id: z.string() })).default([]) }).default({ model_outputs: [] }),
});
const oneRun = z.object({ run });
const someRuns = z.object({ runs: z.array(run).default([]) });
const nothing = z.object({});

export type MlflowRun = z.infer<typeof run>;

/**
 * Id of the run that carries the key in the model's experiment. Of several that raced, the earliest is the run;
 * the rest are ended as KILLED and say whose duplicate they are.
 */
export async function ensureRun(
  transport: Transport,
  model: ModelName,
  key: EffectKey,
  tags: Readonly<Record<string, string>>,
): Promise<string> {
  const experiment = await ensureExperiment(transport, model);
  const earlier = await runsWithKey(transport, experiment, key);
  if (earlier[0] !== undefined) return earlier[0].info.run_id;

  await transport.post(
    'runs/create',
    { experiment_id: experiment, run_name: key, start_time: Date.now(), tags: asTagList({ ...tags, [keyTag]: key }) },
    oneRun,
  );
  const [canonical, ...duplicates] = await runsWithKey(transport, experiment, key);
  if (canonical === undefined) throw new Error(`MLflow created a run for ${key} and does not find it again; trying again.`);
  for (const { info } of duplicates) {
    await transport.post('runs/set-tag', { run_id: info.run_id, key: duplicateTag, value: canonical.info.run_id }, nothing);
    await endRun(transport, info.run_id, 'KILLED');
  }
  return canonical.info.run_id;
}

export async function endRun(transport: Transport, runId: string, status: 'FINISHED' | 'FAILED' | 'KILLED'): Promise<void> {
  await transport.post('runs/update', { run_id: runId, status, end_time: Date.now() }, nothing);
}

export async function readRun(transport: Transport, runId: string): Promise<MlflowRun> {
  return (await transport.get('runs/get', { run_id: runId }, oneRun)).run;
}

async function runsWithKey(transport: Transport, experiment: string, key: EffectKey): Promise<readonly MlflowRun[]> {
  const { runs } = await transport.post('runs/search', { experiment_ids: [experiment], filter: hasKey(key), max_results: 100 }, someRuns);
  return runs.toSorted((a, b) => a.info.start_time - b.info.start_time || (a.info.run_id < b.info.run_id ? -1 : 1));
}
