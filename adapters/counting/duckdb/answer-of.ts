import type { Answer } from '../../../domain/ledger/outcome-sum.ts';
import { absent, type Values, wrongType } from './batch.ts';

/** The usable prediction or label of a row; undefined when there is none, or no finite one. */
export function answerOf(values: Values, row: number): Answer | undefined {
  const value = values.values[row];
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) && value !== absent && value !== wrongType ? value : undefined;
}
