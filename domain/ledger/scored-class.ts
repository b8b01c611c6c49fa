import type { Policy } from '../policy/policy.ts';

/** Name of the class whose score the predictions carry; undefined where they carry none. */
export function scoredClass({ task, sources: { predictions } }: Policy): string | undefined {
  if (task.kind !== 'classification' || predictions.from === 'gateway' || predictions.score === undefined) return undefined;
  return task.positive;
}
