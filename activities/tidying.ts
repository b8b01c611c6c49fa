import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { EffectKey, ModelName, Version } from '../domain/identity/names.ts';
import { type ChildName, childId, type Installation } from '../domain/identity/workflow-ids.ts';
import type { Registry } from '../domain/registry/registry.port.ts';
import type { Served, Serving } from '../domain/serving/serving.port.ts';
import { ServingFailed } from '../domain/serving/serving-failed.ts';
import { candidateShare, championOf } from '../domain/traffic/choose-arm.ts';
import { isOffline } from '../domain/traffic/offline-hold.ts';
import type { Router } from '../domain/traffic/router.port.ts';
import type { Trainer } from '../domain/training/trainer.port.ts';
import { createRoutingActivities } from './routing.ts';
import { firstKey } from './training.ts';

/** Something that belongs to nothing open, or has traffic and does not answer. */
export type Leftover =
  | { readonly kind: 'endpoint'; readonly model: ModelName; readonly version: Version; readonly says: string }
  | {
      readonly kind: 'offline-rollback';
      readonly model: ModelName;
      readonly from: Version;
      readonly to?: Version;
      readonly who: string;
      readonly epoch: number;
      readonly says: string;
    }
  | { readonly kind: 'silent'; readonly model: ModelName; readonly version: Version; readonly says: string }
  | { readonly kind: 'training'; readonly model: ModelName; readonly key: EffectKey; readonly says: string }
  | { readonly kind: 'weight'; readonly model: ModelName; readonly epoch: number; readonly says: string };

export interface TidyReport {
  readonly undone: readonly Leftover[];
  readonly says: string;
}

export interface TidyingDependencies {
  readonly client: Client;
  readonly installation: Installation;
  readonly serving: Serving;
  readonly router: Router;
  readonly registry: Pick<Registry, 'aliases' | 'ensureRun' | 'endRun'>;
  readonly trainer: Pick<Trainer, 'running' | 'stop'>;
}

/** Holds what is recorded as running against what has a reason to run. */
export function createTidyingActivities({ client, installation, serving, router, registry, trainer }: TidyingDependencies) {
  async function isOpen(child: ChildName, model: ModelName): Promise<boolean> {
    try {
      const { status } = await client.workflow.getHandle(childId(installation, child, model)).describe();
      return status.name === 'RUNNING';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  /** Somebody rolled back at the gateway while Temporal was down: aliases, record and entity still have to follow. */
  async function offlineRollBack(model: ModelName): Promise<Leftover | undefined> {
    const table = await router.read(model);
    if (table === undefined || !isOffline(table.hold) || (await isOpen('rollback', model))) return undefined;
    const { from, by: who, reason: says } = table.hold;
    const { champion, challenger } = await registry.aliases(model);
    const common = { kind: 'offline-rollback', model, from, who, epoch: table.epoch, says } as const;
    if (champion === from) return { ...common, to: championOf(table).version };
    return challenger === from ? common : undefined;
  }

  /** Servers that ended by themselves while callers are sent to them. */
  async function silentOf(model: ModelName, served: readonly Served[]): Promise<Leftover[]> {
    const withTraffic = new Set((await router.read(model))?.arms.filter(({ share }) => share > 0).map(({ version }) => version));
    return served
      .filter(({ version, healthy }) => !healthy && withTraffic.has(version))
      .map(({ version }) => ({ kind: 'silent', model, version, says: `${model} version ${version} had traffic and did not answer.` }));
  }

  async function leftoversOf(model: ModelName, served: readonly Served[]): Promise<Leftover[]> {
    const offline = await offlineRollBack(model);
    if (offline !== undefined) return [offline];
    if ((await isOpen('retrain', model)) || (await isOpen('rollout', model)) || (await isOpen('rollback', model))) return [];
    const table = await router.read(model);
    const { champion, previous } = await registry.aliases(model);
    const wanted = new Set([champion, previous, ...(table?.arms ?? []).map(({ version }) => version)]);
    const leftovers: Leftover[] = served
      .filter(({ version }) => !wanted.has(version))
      .map(({ version }) => ({ kind: 'endpoint', model, version, says: `${model} version ${version} was served for nobody.` }));
    if (table !== undefined && candidateShare(table) > 0) {
      leftovers.push({ kind: 'weight', model, epoch: table.epoch, says: `${model}: a candidate had traffic and no rollout watched it.` });
    }
    return leftovers;
  }

  /** Programs whose retraining was terminated for good: that ran no code to stop them. */
  async function abandonedTrainings(): Promise<Leftover[]> {
    const looked = await Promise.all(
      (await trainer.running()).map(async ({ key, model }): Promise<Leftover[]> => {
        if (await isOpen('retrain', model)) return [];
        return [{ kind: 'training', model, key, says: `${model}: the training program of ${key} ran for nobody.` }];
      }),
    );
    return looked.flat();
  }

  async function stopTraining({ key, model }: Extract<Leftover, { kind: 'training' }>): Promise<void> {
    await trainer.stop(key);
    await registry.endRun(await registry.ensureRun(model, firstKey(key), {}), 'KILLED');
  }

  /** One that does not come up is found again by the next look, and keeps nothing else waiting. */
  async function revive({ model, version }: Extract<Leftover, { kind: 'silent' }>): Promise<void> {
    try {
      await serving.ensure(model, version);
    } catch (error) {
      if (!(error instanceof ServingFailed)) throw error;
    }
  }

  async function findLeftovers(): Promise<readonly Leftover[]> {
    const served = await serving.list();
    const models = [...new Set(served.map(({ model }) => model))];
    const found = await Promise.all(
      models.map(async (model) => {
        const own = served.filter((one) => one.model === model);
        return [...(await silentOf(model, own)), ...(await leftoversOf(model, own))];
      }),
    );
    return [...found.flat(), ...(await abandonedTrainings())];
  }

  return {
    findLeftovers,

    /** Does nothing where somebody has found a use for it meanwhile. */
    async undo(leftover: Exclude<Leftover, { kind: 'offline-rollback' }>): Promise<void> {
      const { model, kind, says } = leftover;
      if (!(await findLeftovers()).some((found) => found.kind === kind && found.says === says)) return;
      if (leftover.kind === 'endpoint') return await serving.stop(model, leftover.version);
      if (leftover.kind === 'silent') return await revive(leftover);
      if (leftover.kind === 'training') return await stopTraining(leftover);
      const key = `tidy-${leftover.epoch}/withdraw` as EffectKey;
      await createRoutingActivities({ router }).withdraw({ key, model, by: 'tidy', reason: leftover.says });
    },
  };
}

export type TidyingActivities = ReturnType<typeof createTidyingActivities>;
