import type { Answer } from '../../../domain/ledger/outcome-sum.ts';
import { absent, type Values, wrongType } from './batch.ts';

/** The usable value of a row, such as a prediction or a label; undefined when there is none, or no finite one. */
export function answerOf(column: Values, row: number): Answer | undefined {
  if (column.kind === 'categorical') return column.texts[column.codes[row] as number];
  const value = column.values[row] as number;
  return Number.isFinite(value) && value !== absent && value !== wrongType ? value : undefined;
}
