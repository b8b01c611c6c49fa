import type { Grid } from '../../../domain/grid/grid.ts';
import type { Version } from '../../../domain/identity/names.ts';
import type { ColumnSum } from '../../../domain/ledger/column-sum.ts';
import type { AnomalyKind, Partition } from '../../../domain/ledger/entry.ts';
import { unversioned } from '../../../domain/ledger/unversioned.ts';
import { type AnswerOrder, Answers } from './add-answers.ts';
import { addColumn } from './add-column.ts';
import { Anomalies } from './anomalies.ts';
import type { Batch, Values } from './batch.ts';
import { CoarseCells } from './coarse-cells.ts';
import { dayOf } from './day-of.ts';
import { dealRows } from './deal-rows.ts';
import { LeafFinder } from './leaf-finder.ts';
import { type PartitionSum, PartitionSums } from './partition-sums.ts';

/**
 * Counts batches of rows by event day and version, and within these by leaf where the grid tells rows apart. Batches hold the grid's columns in
 * the grid's order, those that tell rows apart and, where rows carry their own outcomes, their answers behind them.
 */
export class RowCount {
  readonly #grid: Grid;
  readonly #leafFinder: LeafFinder | undefined;
  readonly #answers: Answers | undefined;
  readonly #coarse: CoarseCells | undefined;
  readonly #version: Version;
  readonly #dayOf: (instant: number, row: number) => string | undefined;
  readonly #sums: PartitionSums;
  /** Ids that were counted; undefined where rows have none. */
  readonly #ids: Set<string> | undefined;
  readonly anomalies = new Anomalies();
  rows = 0;

  /**
   * @param version of rows that do not name one
   * @param skip ids that were counted before; undefined where rows have no identity, so that each of them counts
   * @param answers set where rows carry their own outcomes
   * @param day of a row's instant, undefined where it has none; `row` counts all rows from 0
   */
  constructor(
    grid: Grid,
    version: Version | undefined,
    skip: ReadonlySet<string> | undefined,
    answers: AnswerOrder | undefined,
    day: (instant: number, row: number) => string | undefined = dayOf,
  ) {
    this.#grid = grid;
    this.#leafFinder = grid.dimensions && new LeafFinder(grid.dimensions, grid.columns.length);
    this.#answers = answers && new Answers(grid, answers);
    this.#coarse = answers && grid.ranking === undefined ? new CoarseCells(grid.columns, 0) : undefined;
    this.#version = version ?? unversioned;
    this.#ids = skip && new Set(skip);
    this.#dayOf = day;
    this.#sums = new PartitionSums(grid, answers);
  }

  add(batch: Batch): void {
    const leafNumbers = this.#leafFinder?.leavesOf(batch);
    const homes = dealRows(
      batch.rows,
      (row) => this.#homeOf(batch, row),
      (home, row) => (leafNumbers ? this.#sums.leafOf(home, leafNumbers[row] as number) : home),
    );
    const leaves = homes.flatMap((home) => [...home.leaves.values()].filter(({ count }) => count > 0));
    for (const index of this.#grid.columns.keys()) {
      const values = batch.columns[index] as Values;
      for (const home of homes) this.anomalies.note('wrong-type', addColumn(home, home.columns[index] as ColumnSum, values));
      for (const leaf of leaves) addColumn(leaf, leaf.columns[index] as ColumnSum, values);
    }
    const cells = this.#coarse?.of(batch);
    for (const home of homes)
      if (home.errors && cells) this.#answers?.addErrors(home, home.errors, batch, cells, this.#grid.columns.length);
    for (const sums of [...homes, ...leaves]) {
      this.#answers?.addOutcomes(sums, sums, batch);
      sums.rows += sums.count;
      sums.count = 0;
    }
    this.rows += batch.rows;
  }

  partitions(): Partition[] {
    return this.#sums.partitions();
  }

  /** The partition a row is counted in; undefined when it cannot be counted, which is noted by kind. */
  #homeOf(batch: Batch, row: number): PartitionSum | undefined {
    const id = this.#ids && batch.ids[row];
    if (id === null) return this.#leaveOut('missing-id');
    const day = this.#dayOf(batch.times[row] as number, this.rows + row);
    if (day === undefined) return this.#leaveOut('missing-time');
    if (batch.failed?.[row] === 1) return this.#leaveOut('failed-request');
    if (id !== undefined && this.#isRepeated(id)) return this.#leaveOut('duplicate');

    return this.#sums.of(day, (batch.versions?.[row] ?? this.#version) as Version);
  }

  /** It is looked up once: where it stood there before, the set did not grow. */
  #isRepeated(id: string): boolean {
    const known = this.#ids?.size;
    return this.#ids?.add(id).size === known;
  }

  #leaveOut(kind: AnomalyKind): undefined {
    this.anomalies.note(kind);
    return undefined;
  }
}
