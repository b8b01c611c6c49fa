import type { Outcome } from '../identity/outcome.ts';

/** `fail` when any is, else `inconclusive` when any is or there is none, else `pass`. */
export function combine(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('fail')) return 'fail';
  return outcomes.length === 0 || outcomes.includes('inconclusive') ? 'inconclusive' : 'pass';
}
