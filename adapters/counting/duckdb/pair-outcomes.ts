import { DuckDBBlobValue, type DuckDBConnection, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import type { Grid } from '../../../domain/grid/grid.ts';
import type { Version } from '../../../domain/identity/names.ts';
import type { Partition, SliceCounts } from '../../../domain/ledger/entry.ts';
import { ErrorSum } from '../../../domain/ledger/error-sum.ts';
import type { MeasuredValues } from '../../../domain/ledger/measure-sum.ts';
import { addSlices } from '../../../domain/ledger/merge-partitions.ts';
import type { Answer, OutcomeSum } from '../../../domain/ledger/outcome-sum.ts';
import { sumLeaves } from '../../../domain/ledger/sum-leaves.ts';
import { type MeasuredColumn, measuredColumns } from '../../../domain/policy/measure.ts';
import { literal } from './sql.ts';

/** What a segment's rows met among the slices of segments that stand before it. */
export interface Pairs {
  /**
   * By day and version of the predictions, in no order: their outcomes; and, presumed, new predictions that met none, as if they had the label
   * that absence means, less those that have met one now.
   */
  readonly partitions: readonly Partition[];
  /** Outcomes that found no prediction and were not waiting already. */
  readonly waiting: number;
  /** Outcomes met that had been waiting, by the place in the list of the slice in which they waited first. */
  readonly met: ReadonlyMap<number, number>;
  /** Outcomes that say once more what was known. */
  readonly repeated: number;
}

interface Slots {
  /** Slice of the segment that is counted. */
  readonly own: string;
  /** Slices before it, in order. */
  readonly predictions: readonly string[];
  readonly outcomes: readonly string[];
  readonly makeSum: () => OutcomeSum;
  /** Slices of predictions have a column of scores. */
  readonly scored: boolean;
  /** What a prediction without an outcome counts as; undefined: as nothing. */
  readonly absent: Answer | undefined;
  /** Where it has dimensions, slices of predictions have a column of leaves. */
  readonly grid: Grid;
  /** Slices of predictions have a column of the grid's coarse cells. */
  readonly hasCells: boolean;
}

/** New predictions meet the outcomes that wait for them. An id that was predicted before is not new: the first prediction counts. */
export async function meetOutcomes(connection: DuckDBConnection, slots: Slots): Promise<Pairs> {
  const { own, predictions, outcomes, scored, absent } = slots;
  const fresh = predictions.length === 0 ? '' : `WHERE id NOT IN (SELECT id FROM read_parquet([${predictions.map(literal).join(', ')}]))`;
  const sum = new PairSum(slots);
  if (outcomes.length > 0 || absent !== undefined) {
    const rows = rowsOf(
      connection,
      `
      WITH known AS (SELECT id, min(place) AS first, arg_max({n: number, t: text, m: ${measuredSql(slots, 'outcomes', 'measured')}}, place) AS label FROM ${inOrder(outcomes)} GROUP BY id)
      SELECT own.day, own.version, own.number, own.text, ${scored ? 'own.score' : 'NULL'}, ${leafSql(slots, 'own.leaf')}, ${cellsSql(slots, 'own.cells')}, ${measuredSql(slots, 'predictions', 'own.measured')}, known.label.n, known.label.t, known.label.m, known.first
      FROM (SELECT * FROM read_parquet(${literal(own)}) ${fresh}) own ${absent === undefined ? '' : 'LEFT'} JOIN known USING (id)`,
    );
    for await (const [day, version, number, text, score, leaf, cells, measured, labelNumber, labelText, labelMeasured, first] of rows) {
      const predicted = { prediction: answer(number, text), score, leaf, cells, measured };
      if (first === null) sum.presume(`${day} ${version}`, predicted, 1);
      else {
        sum.add(`${day} ${version}`, predicted, { label: answer(labelNumber, labelText), measured: labelMeasured }, 1);
        sum.meet(Number(first));
      }
    }
  }
  return sum.pairs();
}

/** New outcomes meet their predictions; one that was known differently takes the former back, one that was known the same adds nothing. */
export async function meetPredictions(connection: DuckDBConnection, slots: Slots): Promise<Pairs> {
  const { own, predictions, outcomes, scored } = slots;
  const rows = rowsOf(
    connection,
    `
    WITH own AS (SELECT * FROM read_parquet(${literal(own)})),
    made AS (SELECT id, arg_min({d: day, v: version, n: number, t: text, s: ${scored ? 'score' : 'NULL::DOUBLE'}, l: ${leafSql(slots, 'leaf')}, c: ${cellsSql(slots, 'cells')}, m: ${measuredSql(slots, 'predictions', 'measured')}}, place) AS made FROM ${inOrder(predictions)} SEMI JOIN own USING (id) GROUP BY id),
    former AS (SELECT id, arg_max({n: number, t: text, m: ${measuredSql(slots, 'outcomes', 'measured')}}, place) AS label FROM ${inOrder(outcomes)} SEMI JOIN own USING (id) GROUP BY id)
    SELECT own.number, own.text, ${measuredSql(slots, 'outcomes', 'own.measured')}, made.made.d, made.made.v, made.made.n, made.made.t, made.made.s, made.made.l, made.made.c, made.made.m, former.label.n, former.label.t, former.label.m
    FROM own LEFT JOIN made USING (id) LEFT JOIN former USING (id)`,
  );
  const sum = new PairSum(slots);
  for await (const row of rows) {
    const [number, text, told, day, version, madeNumber, madeText, score, leaf, cells, measured, formerNumber, formerText, formerTold] =
      row;
    const [label, prediction, former] = [answer(number, text), answer(madeNumber, madeText), answer(formerNumber, formerText)];
    if (label === former && isSame(told, formerTold)) sum.repeat();
    else if (prediction === undefined) sum.wait(former === undefined);
    else {
      const predicted = { prediction, score, leaf, cells, measured };
      sum.add(`${day} ${version}`, predicted, { label, measured: told }, 1);
      if (former === undefined) sum.presume(`${day} ${version}`, predicted, -1);
      else sum.add(`${day} ${version}`, predicted, { label: former, measured: formerTold }, -1);
    }
  }
  return sum.pairs();
}

/** Chunk by chunk, so that memory stays flat whatever the number of pairs. */
async function* rowsOf(connection: DuckDBConnection, sql: string): AsyncGenerator<readonly DuckDBValue[]> {
  const result = await connection.stream(sql);
  for await (const rows of result.yieldRows()) yield* rows;
}

/** Ids of the slice that were predicted before. */
export async function predictedBefore(connection: DuckDBConnection, own: string, predictions: readonly string[]): Promise<Set<string>> {
  if (predictions.length === 0) return new Set();
  const rows = await connection.runAndReadAll(`
    SELECT id FROM read_parquet(${literal(own)}) SEMI JOIN (SELECT id FROM read_parquet([${predictions.map(literal).join(', ')}])) USING (id)`);
  return new Set(rows.getRows().map(([id]) => String(id)));
}

/** All rows of the slices, with the slice's place in the list. */
function inOrder(slices: readonly string[]): string {
  if (slices.length === 0) {
    return `(SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS day, NULL::VARCHAR AS version, NULL::DOUBLE AS number, NULL::VARCHAR AS text, NULL::DOUBLE AS score, NULL::INTEGER AS leaf, NULL::BLOB AS cells, NULL::DOUBLE[] AS measured, 0 AS place WHERE false)`;
  }
  const list = `[${slices.map(literal).join(', ')}]`;
  return `(SELECT *, list_position(${list}, filename) AS place FROM read_parquet(${list}, filename = true))`;
}

function answer(number: unknown, text: unknown): Answer | undefined {
  if (typeof number === 'number') return number;
  return typeof text === 'string' ? text : undefined;
}

/** Rows that are not told apart are all in leaf 0. */
function leafSql({ grid }: Slots, column: string): string {
  return grid.dimensions && grid.dimensions.length > 0 ? column : '0';
}

function cellsSql({ hasCells }: Slots, column: string): string {
  return hasCells ? column : 'NULL::BLOB';
}

function measuredSql({ grid }: Slots, from: MeasuredColumn['in'], column: string): string {
  return measuredColumns(grid, from).length > 0 ? column : 'NULL::DOUBLE[]';
}

function isSame(one: DuckDBValue | undefined, other: DuckDBValue | undefined): boolean {
  return JSON.stringify(numbersOf(one)) === JSON.stringify(numbersOf(other));
}

/** A list as the slice has it; none where nothing is measured. */
function numbersOf(list: unknown): readonly DuckDBValue[] {
  return list instanceof DuckDBListValue ? list.items : [];
}

interface Predicted {
  readonly prediction: Answer | undefined;
  /** As the slice has them: a number or null, a number, and bytes or null. */
  readonly score: unknown;
  readonly leaf: unknown;
  readonly cells: unknown;
  /** Numbers of the columns that measures are made of. */
  readonly measured: unknown;
}

interface Labelled {
  readonly label: Answer | undefined;
  readonly measured: unknown;
}

interface LeafSums {
  outcomes?: OutcomeSum;
  presumed?: OutcomeSum;
}

type ErrorSums = { [kind in keyof LeafSums]?: ErrorSum };

class PairSum {
  readonly #slots: Slots;
  readonly #measured: Readonly<Record<MeasuredColumn['in'], readonly string[]>>;
  readonly #sums = new Map<string, Map<number, LeafSums>>();
  readonly #errors = new Map<string, ErrorSums>();
  readonly #met = new Map<number, number>();
  #waiting = 0;
  #repeated = 0;

  constructor(slots: Slots) {
    this.#slots = slots;
    const { grid } = slots;
    this.#measured = { predictions: measuredColumns(grid, 'predictions'), outcomes: measuredColumns(grid, 'outcomes') };
  }

  add(partition: string, predicted: Predicted, labelled: Labelled, sign: 1 | -1): void {
    this.#addTo('outcomes', partition, predicted, labelled, sign);
  }

  presume(partition: string, predicted: Predicted, sign: 1 | -1): void {
    const measured = this.#measured.outcomes.map(() => 0);
    this.#addTo('presumed', partition, predicted, { label: this.#slots.absent, measured: new DuckDBListValue(measured) }, sign);
  }

  meet(place: number): void {
    this.#met.set(place - 1, (this.#met.get(place - 1) ?? 0) + 1);
  }

  wait(isNew: boolean): void {
    if (isNew) this.#waiting++;
  }

  repeat(): void {
    this.#repeated++;
  }

  pairs(): Pairs {
    const partitions = [...this.#sums].map(([key, leaves]): Partition => {
      const counts = new Map([...leaves].map(([leaf, sums]) => [leaf, countsOf(sums)]));
      const whole = [...counts.values()].reduce(addSlices);
      const { dimensions = [] } = this.#slots.grid;
      const errors = this.#errors.get(key);
      return {
        day: key.slice(0, key.indexOf(' ')),
        version: key.slice(key.indexOf(' ') + 1) as Version,
        ...whole,
        ...(dimensions.length > 0 && { slices: sumLeaves(dimensions, counts) }),
        ...(errors?.outcomes && { errors: errors.outcomes.counts() }),
        ...(errors?.presumed && { presumedErrors: errors.presumed.counts() }),
      };
    });
    return { partitions, waiting: this.#waiting, met: this.#met, repeated: this.#repeated };
  }

  #measuredOf(predicted: unknown, labelled: unknown): MeasuredValues {
    const values = { predictions: numbersOf(predicted), outcomes: numbersOf(labelled) };
    return ({ in: of, column }) => {
      const value = values[of][this.#measured[of].indexOf(column)];
      return typeof value === 'number' ? value : undefined;
    };
  }

  #addTo(kind: keyof LeafSums, partition: string, predicted: Predicted, { label, measured }: Labelled, sign: 1 | -1): void {
    const { prediction, score, leaf, cells } = predicted;
    if (prediction === undefined || label === undefined) return;
    const leaves = this.#sums.get(partition) ?? new Map<number, LeafSums>();
    this.#sums.set(partition, leaves);
    const sums = leaves.get(Number(leaf)) ?? {};
    leaves.set(Number(leaf), sums);
    sums[kind] ??= this.#slots.makeSum();
    sums[kind].add(prediction, label, sign, typeof score === 'number' ? score : undefined, this.#measuredOf(predicted.measured, measured));
    if (!(cells instanceof DuckDBBlobValue)) return;
    const errors = this.#errors.get(partition) ?? {};
    this.#errors.set(partition, errors);
    errors[kind] ??= new ErrorSum(this.#slots.grid);
    errors[kind].add(cells.bytes, 0, prediction, label, sign);
  }
}

/** Only what is known of rows that were counted elsewhere. */
function countsOf({ outcomes, presumed }: LeafSums): SliceCounts {
  return {
    rows: 0,
    columns: {},
    ...(outcomes && { outcomes: outcomes.counts() }),
    ...(presumed && { presumed: presumed.counts() }),
  };
}
