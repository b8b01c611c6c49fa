import type { Policy } from '../policy/policy.ts';

/** Name of the class whose score the predictions carry; undefined where they carry none, or those of several classes. */
export function scoredClass({ task, sources: { predictions } }: Policy): string | undefined {
  if (task.kind !== 'classification' || predictions.from === 'gateway' || typeof predictions.score !== 'string') return undefined;
  return task.positive;
}
