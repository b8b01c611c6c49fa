import type { GridColumn } from '../../../domain/grid/grid.ts';
import type { Version } from '../../../domain/identity/names.ts';
import { type CategoricalSum, type ColumnSum, columnSums, type NumericSum } from '../../../domain/ledger/column-sum.ts';
import type { AnomalyKind, Partition } from '../../../domain/ledger/entry.ts';
import type { OutcomeSum } from '../../../domain/ledger/outcome-sum.ts';
import { unversioned } from '../../../domain/ledger/unversioned.ts';
import { answerOf } from './answer-of.ts';
import { absent, absentCode, type Batch, rowsPerBatch, type Values, wrongType } from './batch.ts';
import { dayOf } from './day-of.ts';

interface Sums {
  rows: number;
  readonly columns: readonly ColumnSum[];
  readonly outcomes: OutcomeSum | undefined;
  /** Rows of the batch at hand that are counted here: the first `takenRows` of `taken`. */
  readonly taken: Int32Array;
  takenRows: number;
}

/**
 * Counts batches of rows by event day and version. Batches hold the grid's columns in the grid's order and, where rows carry their own
 * outcomes, prediction and label behind them.
 */
export class RowCount {
  readonly #grid: readonly GridColumn[];
  readonly #makers: readonly (() => ColumnSum)[];
  readonly #version: Version;
  readonly #skip: ReadonlySet<string> | undefined;
  readonly #dayOf: (instant: number, row: number) => string | undefined;
  readonly #outcomeSums: (() => OutcomeSum) | undefined;
  readonly #partitions = new Map<string, Sums>();
  #last: { readonly day: string; readonly version: Version; readonly sums: Sums } | undefined;
  readonly #ids = new Set<string>();
  readonly anomalies = new Map<AnomalyKind, number>();
  rows = 0;

  /**
   * @param version of rows that do not name one
   * @param skip ids that were counted before; undefined where rows have no identity, so that each of them counts
   * @param outcomeSums set where rows carry their own outcomes
   * @param day of a row's instant, undefined where it has none; `row` counts all rows from 0
   */
  constructor(
    grid: readonly GridColumn[],
    version: Version | undefined,
    skip: ReadonlySet<string> | undefined,
    outcomeSums: (() => OutcomeSum) | undefined,
    day: (instant: number, row: number) => string | undefined = dayOf,
  ) {
    this.#grid = grid;
    this.#makers = grid.map(columnSums);
    this.#version = version ?? unversioned;
    this.#skip = skip;
    this.#dayOf = day;
    this.#outcomeSums = outcomeSums;
  }

  add(batch: Batch): void {
    const homes: Sums[] = [];
    for (let row = 0; row < batch.rows; row++) {
      const home = this.#homeOf(batch, row);
      if (home === undefined) continue;
      if (home.takenRows === 0) homes.push(home);
      home.taken[home.takenRows++] = row;
    }
    for (const home of homes) this.#addTaken(batch, home);
    this.rows += batch.rows;
  }

  note(kind: AnomalyKind, count = 1): void {
    if (count > 0) this.anomalies.set(kind, (this.anomalies.get(kind) ?? 0) + count);
  }

  partitions(): Partition[] {
    return [...this.#partitions]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, { rows, columns, outcomes }]) => {
        const [day, version] = splitKey(key);
        const counts = Object.fromEntries(columns.map((sum, index) => [(this.#grid[index] as GridColumn).name, sum.counts()]));
        return { day, version, rows, columns: counts, ...(outcomes && { outcomes: outcomes.counts() }) };
      });
  }

  /** The partition a row is counted in; undefined when it cannot be counted, which is noted by kind. */
  #homeOf(batch: Batch, row: number): Sums | undefined {
    const id = batch.ids[row];
    if (typeof id !== 'string' && this.#skip !== undefined) return this.#leaveOut('missing-id');
    const day = this.#dayOf(batch.times[row] as number, this.rows + row);
    if (day === undefined) return this.#leaveOut('missing-time');
    if (batch.failed?.[row] === 1) return this.#leaveOut('failed-request');
    if (this.#skip !== undefined && this.#isRepeated(id as string, this.#skip)) return this.#leaveOut('duplicate');

    return this.#partition(day, (batch.versions?.[row] ?? this.#version) as Version);
  }

  /** Rows of one partition mostly come together. */
  #partition(day: string, version: Version): Sums {
    if (this.#last?.day === day && this.#last.version === version) return this.#last.sums;
    const key = partitionKey(day, version);
    const sums = this.#partitions.get(key) ?? this.#made();
    this.#partitions.set(key, sums);
    this.#last = { day, version, sums };
    return sums;
  }

  #made(): Sums {
    const columns = this.#makers.map((make) => make());
    return { rows: 0, columns, outcomes: this.#outcomeSums?.(), taken: new Int32Array(rowsPerBatch), takenRows: 0 };
  }

  #isRepeated(id: string, skip: ReadonlySet<string>): boolean {
    if (this.#ids.has(id) || skip.has(id)) return true;
    this.#ids.add(id);
    return false;
  }

  #leaveOut(kind: AnomalyKind): undefined {
    this.note(kind);
    return undefined;
  }

  #addTaken(batch: Batch, home: Sums): void {
    const { taken, takenRows: count } = home;
    for (const [index, sum] of home.columns.entries()) {
      const values = batch.columns[index] as Values;
      if (sum.kind === 'numeric' && values.kind === 'numeric') this.note('wrong-type', addNumbers(sum, values.values, taken, count));
      if (sum.kind === 'categorical' && values.kind === 'categorical') this.note('wrong-type', addTexts(sum, values, taken, count));
    }
    if (home.outcomes !== undefined) addOutcomes(home.outcomes, batch, taken.subarray(0, count));
    home.rows += count;
    home.takenRows = 0;
  }
}

function addOutcomes(sum: OutcomeSum, batch: Batch, rows: Int32Array): void {
  const [predictions, labels] = [batch.columns.at(-2) as Values, batch.columns.at(-1) as Values];
  for (const row of rows) {
    const [prediction, label] = [answerOf(predictions, row), answerOf(labels, row)];
    if (prediction !== undefined && label !== undefined) sum.add(prediction, label, 1);
  }
}

const numbers = new Float64Array(rowsPerBatch);

/** @returns rows whose value has the wrong type */
function addNumbers(sum: NumericSum, values: Float64Array, rows: Int32Array, count: number): number {
  let kept = 0;
  let nulls = 0;
  for (let at = 0; at < count; at++) {
    const value = values[rows[at] as number] as number;
    if (value === absent) nulls++;
    else if (value !== wrongType) numbers[kept++] = value;
  }
  sum.addAll(numbers, kept);
  sum.addNull(nulls);
  const wrong = count - kept - nulls;
  sum.addWrongType(wrong);
  return wrong;
}

const tally = new Int32Array(rowsPerBatch);

/** Each text is looked up once. @returns rows whose value has the wrong type */
function addTexts(
  sum: CategoricalSum,
  { codes, texts }: Extract<Values, { kind: 'categorical' }>,
  rows: Int32Array,
  count: number,
): number {
  let nulls = 0;
  let wrong = 0;
  for (let at = 0; at < count; at++) {
    const code = codes[rows[at] as number] as number;
    if (code >= 0) tally[code] = (tally[code] as number) + 1;
    else if (code === absentCode) nulls++;
    else wrong++;
  }
  for (let at = 0; at < count; at++) {
    const code = codes[rows[at] as number] as number;
    if (code < 0 || tally[code] === 0) continue;
    sum.add(texts[code] as string, tally[code]);
    tally[code] = 0;
  }
  sum.addNull(nulls);
  sum.addWrongType(wrong);
  return wrong;
}

function partitionKey(day: string, version: string): string {
  return `${day} ${version}`;
}

function splitKey(key: string): [day: string, version: Version] {
  return [key.slice(0, 10), key.slice(11) as Version];
}
