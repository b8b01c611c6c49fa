import type { ModelName } from './names.ts';

/** Prefix of every workflow id and task queue, so that several installations can share a namespace. */
export type Installation = string;

export type Queue = 'control' | 'contain' | 'watch' | 'heavy' | 'train';

export type ChildName = 'retrain' | 'rollout' | 'rollback' | 'baseline';

export function entityId(installation: Installation, model: ModelName): string {
  return `${installation}/model/${model}`;
}

/** Fixed: at most one retraining, rollout, rollback and baseline of a model runs at a time. */
export function childId(installation: Installation, child: ChildName, model: ModelName): string {
  return `${installation}/${child}/${model}`;
}

/** The Schedule that checks a model, and the prefix of its runs' workflow ids. */
export function checkId(installation: Installation, model: ModelName): string {
  return `${installation}/check/${model}`;
}

/** Fixed: a model's grid is cut anew by one at a time. */
export function regridId(installation: Installation, model: ModelName): string {
  return `${installation}/regrid/${model}`;
}

export function tidyId(installation: Installation): string {
  return `${installation}/tidy`;
}

export function taskQueue(installation: Installation, queue: Queue): string {
  return `${installation}-${queue}`;
}
