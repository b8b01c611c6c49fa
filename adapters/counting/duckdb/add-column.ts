import type { CategoricalSum } from '../../../domain/ledger/categorical-sum.ts';
import type { ColumnSum } from '../../../domain/ledger/column-sum.ts';
import type { NumericSum } from '../../../domain/ledger/numeric-sum.ts';
import { absent, absentCode, rowsPerBatch, type Values, wrongType } from './batch.ts';
import { order, type Run } from './deal-rows.ts';

/** Working space of one batch: finite numbers, and rows of each text. */
const numbers = new Float64Array(rowsPerBatch);
let tally = new Int32Array(rowsPerBatch);

/**
 * Adds the values a column has in the rows of a run.
 *
 * @returns rows whose value has the wrong type
 */
export function addColumn(run: Run, sum: ColumnSum, values: Values): number {
  if (sum.kind === 'numeric' && values.kind === 'numeric') return addNumbers(sum, values.values, run);
  if (sum.kind === 'categorical' && values.kind === 'categorical') return addTexts(sum, values, run.from, run.from + run.count);
  throw new TypeError('a column is counted as what it was read as');
}

function addNumbers(sum: NumericSum, values: Float64Array, run: Run): number {
  const [from, to] = [run.from, run.from + run.count];
  const together = adjoining(values, run);
  if (together !== undefined && sum.addAll(together, together.length, absent)) return 0;
  let kept = 0;
  let nulls = 0;
  let wrong = 0;
  let infinite = 0;
  for (let at = from; at < to; at++) {
    const value = values[order[at] as number] as number;
    if (value > wrongType && value < absent) numbers[kept++] = value;
    else if (value === absent) nulls++;
    else if (value === wrongType) wrong++;
    else if (!Number.isNaN(value)) infinite++;
  }
  sum.addAll(numbers, kept);
  sum.addNull(nulls);
  sum.addWrongType(wrong);
  sum.addInfinite(infinite);
  sum.addNotANumber(to - from - kept - nulls - wrong - infinite);
  return wrong;
}

/** The values of a run whose rows stand side by side in the batch, as those of one day mostly do. */
function adjoining(values: Float64Array, { first, last, count }: Run): Float64Array | undefined {
  return last - first === count - 1 ? values.subarray(first, last + 1) : undefined;
}

/** Each text is looked up once. */
function addTexts(sum: CategoricalSum, { codes, texts }: Extract<Values, { kind: 'categorical' }>, from: number, to: number): number {
  if (tally.length < texts.length) tally = new Int32Array(2 * texts.length);
  let nulls = 0;
  let wrong = 0;
  for (let at = from; at < to; at++) {
    const code = codes[order[at] as number] as number;
    if (code >= 0) tally[code] = (tally[code] as number) + 1;
    else if (code === absentCode) nulls++;
    else wrong++;
  }
  for (let code = 0; code < texts.length; code++) {
    const rows = tally[code] as number;
    if (rows === 0) continue;
    sum.add(texts[code] as string, rows);
    tally[code] = 0;
  }
  sum.addNull(nulls);
  sum.addWrongType(wrong);
  return wrong;
}
