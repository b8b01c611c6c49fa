import type { PredictionSource } from './policy.ts';

/** Columns in which predictions carry scores: that of the positive class, or one of each class that is named. */
export function scoreColumns(source: PredictionSource): readonly { readonly column: string; readonly of?: string }[] {
  if (source.from === 'gateway' || source.score === undefined) return [];
  if (typeof source.score === 'string') return [{ column: source.score }];
  return Object.entries(source.score).map(([of, column]) => ({ column, of }));
}
