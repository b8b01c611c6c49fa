import type { Grid, GridColumn } from '../../../domain/grid/grid.ts';
import type { Version } from '../../../domain/identity/names.ts';
import { type CategoricalSum, type ColumnSum, coarseSums, columnSums, type NumericSum } from '../../../domain/ledger/column-sum.ts';
import type { AnomalyKind, Partition, SliceCounts } from '../../../domain/ledger/entry.ts';
import { ErrorSum } from '../../../domain/ledger/error-sum.ts';
import type { OutcomeSum } from '../../../domain/ledger/outcome-sum.ts';
import { sumLeaves } from '../../../domain/ledger/sum-leaves.ts';
import { unversioned } from '../../../domain/ledger/unversioned.ts';
import { answerOf } from './answer-of.ts';
import { absent, absentCode, type Batch, rowsPerBatch, type Values, wrongType } from './batch.ts';
import { CoarseCells } from './coarse-cells.ts';
import { dayOf } from './day-of.ts';
import { LeafFinder } from './leaf-finder.ts';

/** Where the rows of the batch at hand that are counted here begin in `order`, how many they are, and where the next one goes. */
interface Run {
  from: number;
  count: number;
  next: number;
  /** Its first and last row in the batch. */
  first: number;
  last: number;
}

interface Sums extends Run {
  rows: number;
  readonly columns: readonly ColumnSum[];
  readonly outcomes: OutcomeSum | undefined;
}

interface PartitionSums extends Sums {
  /** By leaf; none where rows are not told apart. */
  readonly leaves: Map<number, Sums>;
  /** Where rows carry their own outcomes. */
  readonly errors: ErrorSum | undefined;
}

/**
 * Counts batches of rows by event day and version, and within these by leaf where the grid tells rows apart. Batches hold the grid's columns in
 * the grid's order, those that tell rows apart and, where rows carry their own outcomes, prediction and label behind them.
 */
export class RowCount {
  readonly #grid: Grid;
  readonly #makers: readonly (() => ColumnSum)[];
  readonly #sliceMakers: readonly (() => ColumnSum)[];
  readonly #leafFinder: LeafFinder | undefined;
  readonly #coarse: CoarseCells | undefined;
  readonly #version: Version;
  readonly #skip: ReadonlySet<string> | undefined;
  readonly #dayOf: (instant: number, row: number) => string | undefined;
  readonly #outcomeSums: (() => OutcomeSum) | undefined;
  readonly #partitions = new Map<string, PartitionSums>();
  #last: { readonly day: string; readonly version: Version; readonly sums: PartitionSums } | undefined;
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
    grid: Grid,
    version: Version | undefined,
    skip: ReadonlySet<string> | undefined,
    outcomeSums: (() => OutcomeSum) | undefined,
    day: (instant: number, row: number) => string | undefined = dayOf,
  ) {
    this.#grid = grid;
    this.#makers = grid.columns.map(columnSums);
    this.#sliceMakers = grid.columns.map(coarseSums);
    this.#leafFinder = grid.dimensions && new LeafFinder(grid.dimensions, grid.columns.length);
    this.#coarse = outcomeSums && new CoarseCells(grid.columns, 0);
    this.#version = version ?? unversioned;
    this.#skip = skip;
    this.#dayOf = day;
    this.#outcomeSums = outcomeSums;
  }

  add(batch: Batch): void {
    const homes = this.#deal(batch);
    const leaves = homes.flatMap((home) => [...home.leaves.values()].filter(({ count }) => count > 0));
    for (const index of this.#grid.columns.keys()) {
      const values = batch.columns[index] as Values;
      for (const home of homes) this.note('wrong-type', addColumn(home, home.columns[index] as ColumnSum, values));
      for (const leaf of leaves) addColumn(leaf, leaf.columns[index] as ColumnSum, values);
    }
    const cells = this.#coarse?.of(batch);
    for (const { errors, from, count } of homes) {
      if (errors && cells) addErrors(errors, batch, order.subarray(from, from + count), { cells, width: this.#grid.columns.length });
    }
    for (const sums of [...homes, ...leaves]) {
      if (sums.outcomes !== undefined) addOutcomes(sums.outcomes, batch, order.subarray(sums.from, sums.from + sums.count));
      sums.rows += sums.count;
      sums.count = 0;
    }
    this.rows += batch.rows;
  }

  note(kind: AnomalyKind, count = 1): void {
    if (count > 0) this.anomalies.set(kind, (this.anomalies.get(kind) ?? 0) + count);
  }

  partitions(): Partition[] {
    const { dimensions } = this.#grid;
    return [...this.#partitions]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, { leaves, errors, ...whole }]) => {
        const [day, version] = splitKey(key);
        const counts = new Map([...leaves].map(([leaf, sums]) => [leaf, this.#counts(sums)]));
        return {
          day,
          version,
          ...this.#counts(whole),
          ...(dimensions && { slices: sumLeaves(dimensions, counts) }),
          ...(errors && { errors: errors.counts() }),
        };
      });
  }

  #counts({ rows, columns, outcomes }: Sums): SliceCounts {
    const counts = Object.fromEntries(columns.map((sum, index) => [(this.#grid.columns[index] as GridColumn).name, sum.counts()]));
    return { rows, columns: counts, ...(outcomes && { outcomes: outcomes.counts() }) };
  }

  /** Puts the rows of each partition side by side in `order`, within it those of each leaf. @returns the partitions */
  #deal(batch: Batch): PartitionSums[] {
    const leaves = this.#leafFinder?.leavesOf(batch);
    const homes = new Set<PartitionSums>();
    for (let row = 0; row < batch.rows; row++) {
      const home = this.#homeOf(batch, row);
      const run = home && leaves ? this.#leaf(home, leaves[row] as number) : home;
      runs[row] = run;
      if (home === undefined || run === undefined) continue;
      if (home.count === 0) homes.add(home);
      deal(home, row);
      if (run !== home) deal(run, row);
    }
    let from = 0;
    for (const home of homes) {
      let within = from;
      for (const leaf of home.leaves.values()) within = beginAt(leaf, within);
      from = beginAt(home, from);
    }
    for (let row = 0; row < batch.rows; row++) {
      const run = runs[row];
      if (run !== undefined) order[run.next++] = row;
    }
    return [...homes];
  }

  /** The partition a row is counted in; undefined when it cannot be counted, which is noted by kind. */
  #homeOf(batch: Batch, row: number): PartitionSums | undefined {
    const id = this.#skip && batch.ids[row];
    if (typeof id !== 'string' && this.#skip !== undefined) return this.#leaveOut('missing-id');
    const day = this.#dayOf(batch.times[row] as number, this.rows + row);
    if (day === undefined) return this.#leaveOut('missing-time');
    if (batch.failed?.[row] === 1) return this.#leaveOut('failed-request');
    if (this.#skip !== undefined && this.#isRepeated(id as string, this.#skip)) return this.#leaveOut('duplicate');

    return this.#partition(day, (batch.versions?.[row] ?? this.#version) as Version);
  }

  /** Rows of one partition mostly come together. */
  #partition(day: string, version: Version): PartitionSums {
    if (this.#last?.day === day && this.#last.version === version) return this.#last.sums;
    const key = partitionKey(day, version);
    const sums = this.#partitions.get(key) ?? {
      ...this.#made(this.#makers),
      leaves: new Map(),
      errors: this.#coarse && new ErrorSum(this.#grid),
    };
    this.#partitions.set(key, sums);
    this.#last = { day, version, sums };
    return sums;
  }

  #leaf(home: PartitionSums, leaf: number): Sums {
    const known = home.leaves.get(leaf);
    if (known !== undefined) return known;
    const sums = this.#made(this.#sliceMakers);
    home.leaves.set(leaf, sums);
    return sums;
  }

  #made(makers: readonly (() => ColumnSum)[]): Sums {
    const columns = makers.map((make) => make());
    return { rows: 0, columns, outcomes: this.#outcomeSums?.(), from: 0, count: 0, next: 0, first: 0, last: 0 };
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
}

/** Working space of one batch: where each row is counted, places of rows, finite numbers, rows of each text. */
const runs = new Array<Run | undefined>(rowsPerBatch).fill(undefined);
const order = new Int32Array(rowsPerBatch);
const numbers = new Float64Array(rowsPerBatch);
const tally = new Int32Array(rowsPerBatch);

function deal(run: Run, row: number): void {
  if (run.count++ === 0) run.first = row;
  run.last = row;
}

/** @returns where the run ends */
function beginAt(run: Run, from: number): number {
  run.from = from;
  run.next = from;
  return from + run.count;
}

/** @returns rows whose value has the wrong type */
function addColumn(run: Run, sum: ColumnSum, values: Values): number {
  const [from, to] = [run.from, run.from + run.count];
  if (sum.kind === 'numeric' && values.kind === 'numeric') return addNumbers(sum, values.values, run);
  if (sum.kind === 'categorical' && values.kind === 'categorical') return addTexts(sum, values, from, to);
  throw new TypeError('a column is counted as what it was read as');
}

function addOutcomes(sum: OutcomeSum, batch: Batch, rows: Int32Array): void {
  const [predictions, labels] = [batch.columns.at(-2) as Values, batch.columns.at(-1) as Values];
  for (const row of rows) {
    const [prediction, label] = [answerOf(predictions, row), answerOf(labels, row)];
    if (prediction !== undefined && label !== undefined) sum.add(prediction, label, 1);
  }
}

function addErrors(
  sum: ErrorSum,
  batch: Batch,
  rows: Int32Array,
  { cells, width }: { readonly cells: Uint8Array; readonly width: number },
): void {
  const [predictions, labels] = [batch.columns.at(-2) as Values, batch.columns.at(-1) as Values];
  for (const row of rows) {
    const [prediction, label] = [answerOf(predictions, row), answerOf(labels, row)];
    if (prediction !== undefined && label !== undefined) sum.add(cells, row * width, prediction, label, 1);
  }
}

function addNumbers(sum: NumericSum, values: Float64Array, run: Run): number {
  const [from, to] = [run.from, run.from + run.count];
  const together = adjoining(values, run);
  if (together !== undefined && areNumbers(together)) {
    sum.addAll(together, together.length);
    return 0;
  }
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

function areNumbers(values: Float64Array): boolean {
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (!(value > wrongType && value < absent)) return false;
  }
  return true;
}

/** Each text is looked up once. */
function addTexts(sum: CategoricalSum, { codes, texts }: Extract<Values, { kind: 'categorical' }>, from: number, to: number): number {
  let nulls = 0;
  let wrong = 0;
  for (let at = from; at < to; at++) {
    const code = codes[order[at] as number] as number;
    if (code >= 0) tally[code] = (tally[code] as number) + 1;
    else if (code === absentCode) nulls++;
    else wrong++;
  }
  for (let at = from; at < to; at++) {
    const code = codes[order[at] as number] as number;
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
  const space = key.indexOf(' ');
  return [key.slice(0, space), key.slice(space + 1) as Version];
}
