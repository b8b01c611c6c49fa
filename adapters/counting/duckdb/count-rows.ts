import type { GridColumn } from '../../../domain/grid/grid.ts';
import type { Version } from '../../../domain/identity/names.ts';
import { type ColumnSum, columnSums } from '../../../domain/ledger/column-sum.ts';
import type { AnomalyKind, Partition } from '../../../domain/ledger/entry.ts';
import type { OutcomeSum } from '../../../domain/ledger/outcome-sum.ts';
import { unversioned } from '../../../domain/ledger/unversioned.ts';
import { answerOf } from './answer-of.ts';
import { absent, type Batch, type Values, wrongType } from './batch.ts';
import { dayOf } from './day-of.ts';

interface Sums {
  rows: number;
  readonly columns: readonly (ColumnSum<number> | ColumnSum<string>)[];
  readonly outcomes: OutcomeSum | undefined;
}

/**
 * Counts batches of rows by event day and version. Batches hold the grid's columns in the grid's order and, where rows carry their own
 * outcomes, prediction and label behind them.
 */
export class RowCount {
  readonly #grid: readonly GridColumn[];
  readonly #makers: readonly (() => ColumnSum<number> | ColumnSum<string>)[];
  readonly #version: Version;
  readonly #skip: ReadonlySet<string> | undefined;
  readonly #dayOf: (instant: number, row: number) => string | undefined;
  readonly #outcomeSums: (() => OutcomeSum) | undefined;
  readonly #partitions = new Map<string, Sums>();
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
    const rows: number[] = [];
    const homes: Sums[] = [];
    for (let row = 0; row < batch.rows; row++) {
      const home = this.#homeOf(batch, row);
      if (home === undefined) continue;
      rows.push(row);
      homes.push(home);
      home.rows++;
    }
    for (const index of this.#grid.keys()) this.#addColumn(batch.columns[index] as Values, index, rows, homes);
    if (this.#outcomeSums !== undefined) this.#addOutcomes(batch, rows, homes);
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

    const key = partitionKey(day, batch.versions?.[row] ?? this.#version);
    const known = this.#partitions.get(key);
    if (known !== undefined) return known;
    const made: Sums = { rows: 0, columns: this.#makers.map((make) => make()), outcomes: this.#outcomeSums?.() };
    this.#partitions.set(key, made);
    return made;
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

  #addColumn({ kind, values }: Values, index: number, rows: readonly number[], homes: readonly Sums[]): void {
    const sums = homes.map(({ columns }) => columns[index]);
    const wrong =
      kind === 'numeric' ? addNumbers(sums as ColumnSum<number>[], values, rows) : addTexts(sums as ColumnSum<string>[], values, rows);
    this.note('wrong-type', wrong);
  }

  #addOutcomes(batch: Batch, rows: readonly number[], homes: readonly Sums[]): void {
    const [predictions, labels] = [batch.columns.at(-2) as Values, batch.columns.at(-1) as Values];
    for (const [at, row] of rows.entries()) {
      const [prediction, label] = [answerOf(predictions, row), answerOf(labels, row)];
      if (prediction !== undefined && label !== undefined) (homes[at] as Sums).outcomes?.add(prediction, label, 1);
    }
  }
}

/** The innermost loops of all counting, one for each kind so that each stays simple to the compiler: plain indices, no allocation a value. */
function addNumbers(sums: readonly ColumnSum<number>[], values: Float64Array, rows: readonly number[]): number {
  let wrong = 0;
  for (let at = 0; at < rows.length; at++) {
    const sum = sums[at] as ColumnSum<number>;
    const value = values[rows[at] as number] as number;
    if (value === absent) sum.addNull();
    else if (value === wrongType) {
      sum.addWrongType();
      wrong++;
    } else sum.add(value);
  }
  return wrong;
}

function addTexts(sums: readonly ColumnSum<string>[], values: readonly (string | null | undefined)[], rows: readonly number[]): number {
  let wrong = 0;
  for (let at = 0; at < rows.length; at++) {
    const sum = sums[at] as ColumnSum<string>;
    const value = values[rows[at] as number];
    if (value === null) sum.addNull();
    else if (value === undefined) {
      sum.addWrongType();
      wrong++;
    } else sum.add(value);
  }
  return wrong;
}

function partitionKey(day: string, version: string): string {
  return `${day} ${version}`;
}

function splitKey(key: string): [day: string, version: Version] {
  return [key.slice(0, 10), key.slice(11) as Version];
}
