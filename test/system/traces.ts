import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { groupMembers } from '../../adapters/process/group-members.ts';
import { launchFiles } from '../../adapters/process/launch/launch-files.ts';
import type { ProcessRecord } from '../../adapters/process/process-record.ts';
import type { DecisionId } from '../../domain/identity/names.ts';
import { childId } from '../../domain/identity/workflow-ids.ts';
import { readAudit } from '../../scripts/models/audit.ts';
import type { Bike } from './bike.ts';
import type { TestStack } from './stack.ts';

const experiments = z.object({ experiments: z.array(z.object({ experiment_id: z.string() })) });
const runs = z.object({ runs: z.array(z.object({ info: z.object({ run_id: z.string(), status: z.string() }) })).default([]) });
const version = z.object({ version: z.string(), tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]) });
const versions = z.object({ model_versions: z.array(version).default([]) });

/** What one decision has left behind, asked of the servers themselves. */
export interface DecisionTraces {
  readonly trainingRuns: readonly string[];
  readonly runFolders: number;
  readonly programStarts: number;
  readonly versions: readonly string[];
  /** How each version ended, and why when it was not promoted. */
  readonly ends: readonly string[];
}

/** What must stand or run when a model is at rest, asked of the outside. */
export interface RestTraces {
  readonly open: readonly string[];
  readonly served: readonly string[];
  readonly arms: readonly string[];
  /** Training programs that run although nothing is being trained. */
  readonly trainings: number;
  readonly champion: string | undefined;
  readonly challenger: string | undefined;
  readonly doubledRecords: readonly string[];
}

export async function tracesOf({ stack, stateRoot }: TestStack, bike: Bike, decision: DecisionId): Promise<DecisionTraces> {
  const mlflow = asking(stack.addresses.mlflow);
  const { experiments: found } = await mlflow('experiments/search', experiments, { max_results: 100 });
  const filter = `tags."anchorwatch.decision" = '${decision}'`;
  const trained = await mlflow('runs/search', runs, { experiment_ids: found.map(({ experiment_id }) => experiment_id), filter });
  const query = new URLSearchParams({ filter: `name = '${bike.model}' AND ${filter}` });
  const registered = await mlflow(`model-versions/search?${query}`, versions);
  return {
    trainingRuns: trained.runs.map(({ info }) => info.status),
    runFolders: readdirSync(join(stateRoot, 'runs')).filter((name) => name.startsWith(decision)).length,
    programStarts: bike.trainingStarts(decision),
    versions: registered.model_versions.map(({ version }) => version),
    ends: registered.model_versions.map(({ tags }) => {
      const tag = (name: string) => tags.find(({ key }) => key === `anchorwatch.${name}`)?.value ?? '';
      return tag('status') === 'promoted' ? 'promoted' : `${tag('status')}: ${tag('reason')}`;
    }),
  };
}

export async function restOf({ session, stateRoot }: TestStack, { model }: Bike): Promise<RestTraces> {
  const { client, place, ports } = session;
  const table = await ports.router.read(model);
  const { champion, challenger } = await ports.registry.aliases(model);
  const keys: string[] = [];
  for await (const record of readAudit(ports, model)) keys.push(record.key);
  const names = ['retrain', 'rollout', 'rollback', 'baseline'] as const;
  const open = await Promise.all(
    names.map(async (name) => {
      const { status } = await client.workflow
        .getHandle(childId(place.installation, name, model))
        .describe()
        .catch(absent);
      return status.name === 'RUNNING' ? [name] : [];
    }),
  );
  return {
    open: open.flat(),
    served: (await ports.serving.list()).map(({ version }) => version).toSorted(),
    arms: (table?.arms ?? []).map(({ arm, version, share }) => `${arm} ${version} ${share}`),
    trainings: runningPrograms(join(stateRoot, 'runs')),
    champion,
    challenger,
    doubledRecords: keys.filter((key, at) => keys.indexOf(key) !== at),
  };
}

/** How often an alias was written so far, by MLflow's own log of requests. */
export function aliasWrites({ stateRoot }: TestStack): number {
  const log = readFileSync(join(stateRoot, 'logs/mlflow.log'), 'utf8');
  return log.match(/"(POST|DELETE) \/api\/2\.0\/mlflow\/registered-models\/alias/g)?.length ?? 0;
}

function absent(error: Error): { status: { name: string } } {
  if (error.name === 'WorkflowNotFoundError') return { status: { name: 'ABSENT' } };
  throw error;
}

function runningPrograms(folder: string): number {
  const claims = readdirSync(folder)
    .map((name) => launchFiles(join(folder, name)).claim)
    .filter((claim) => existsSync(claim));
  return claims.filter((claim) => groupMembers(JSON.parse(readFileSync(claim, 'utf8')) as ProcessRecord).length > 0).length;
}

function asking(address: string) {
  return async <T>(path: string, schema: z.ZodType<T>, body?: object): Promise<T> => {
    const answer = await fetch(`${address}/api/2.0/mlflow/${path}`, {
      ...(body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return schema.parse(await answer.json());
  };
}
