import { DuckDBBlobValue, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import type { Grid } from '../../../domain/grid/grid.ts';
import type { Version } from '../../../domain/identity/names.ts';
import type { Partition, SliceCounts } from '../../../domain/ledger/entry.ts';
import { ErrorSum } from '../../../domain/ledger/error-sum.ts';
import type { MeasuredValues } from '../../../domain/ledger/measure-sum.ts';
import { addSlices } from '../../../domain/ledger/merge-partitions.ts';
import type { Answer, OutcomeSum } from '../../../domain/ledger/outcome-sum.ts';
import { sumLeaves } from '../../../domain/ledger/sum-leaves.ts';
import { type MeasuredColumn, measuredColumns } from '../../../domain/policy/measure.ts';

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

export interface SumOrder {
  readonly makeSum: () => OutcomeSum;
  /** What a prediction without an outcome counts as; undefined: as nothing. */
  readonly absent: Answer | undefined;
  readonly grid: Grid;
}

/** As the slice of its segment has it. */
export interface Predicted {
  /** Day and version. */
  readonly partition: string;
  readonly prediction: Answer | undefined;
  /** A number or null, a number, and bytes or null. */
  readonly score: unknown;
  readonly leaf: unknown;
  readonly cells: unknown;
  /** Numbers of the columns that measures are made of. */
  readonly measured: unknown;
}

/** As the slice of its segment has it. */
export interface Labelled {
  readonly label: Answer | undefined;
  readonly measured: unknown;
}

interface LeafSums {
  outcomes?: OutcomeSum;
  presumed?: OutcomeSum;
}

type ErrorSums = { [kind in keyof LeafSums]?: ErrorSum };

/** Adds up pairs of predictions and outcomes by day and version of the predictions. */
export class PairSum {
  readonly #order: SumOrder;
  readonly #measured: Readonly<Record<MeasuredColumn['in'], readonly string[]>>;
  readonly #sums = new Map<string, Map<number, LeafSums>>();
  readonly #errors = new Map<string, ErrorSums>();
  readonly #met = new Map<number, number>();
  #waiting = 0;
  #repeated = 0;

  constructor(order: SumOrder) {
    this.#order = order;
    const { grid } = order;
    this.#measured = { predictions: measuredColumns(grid, 'predictions'), outcomes: measuredColumns(grid, 'outcomes') };
  }

  add(predicted: Predicted, labelled: Labelled, sign: 1 | -1): void {
    this.#addTo('outcomes', predicted, labelled, sign);
  }

  presume(predicted: Predicted, sign: 1 | -1): void {
    const measured = this.#measured.outcomes.map(() => 0);
    this.#addTo('presumed', predicted, { label: this.#order.absent, measured: new DuckDBListValue(measured) }, sign);
  }

  meet(place: number): void {
    this.#met.set(place, (this.#met.get(place) ?? 0) + 1);
  }

  wait(): void {
    this.#waiting++;
  }

  repeat(): void {
    this.#repeated++;
  }

  pairs(): Pairs {
    const partitions = [...this.#sums].map(([key, leaves]): Partition => {
      const counts = new Map([...leaves].map(([leaf, sums]) => [leaf, countsOf(sums)]));
      const whole = [...counts.values()].reduce(addSlices);
      const { dimensions = [] } = this.#order.grid;
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

  #addTo(kind: keyof LeafSums, predicted: Predicted, { label, measured }: Labelled, sign: 1 | -1): void {
    const { partition, prediction, score, leaf, cells } = predicted;
    if (prediction === undefined || label === undefined) return;
    const leaves = this.#sums.get(partition) ?? new Map<number, LeafSums>();
    this.#sums.set(partition, leaves);
    const sums = leaves.get(Number(leaf)) ?? {};
    leaves.set(Number(leaf), sums);
    sums[kind] ??= this.#order.makeSum();
    sums[kind].add(prediction, label, sign, typeof score === 'number' ? score : undefined, this.#measuredOf(predicted.measured, measured));
    if (!(cells instanceof DuckDBBlobValue)) return;
    const errors = this.#errors.get(partition) ?? {};
    this.#errors.set(partition, errors);
    errors[kind] ??= new ErrorSum(this.#order.grid);
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

/** Whether an outcome says what was known: the same label, and the same of the columns that are measured. */
export function isRepeated(one: Labelled, former: Labelled): boolean {
  return one.label === former.label && JSON.stringify(numbersOf(one.measured)) === JSON.stringify(numbersOf(former.measured));
}

/** A list as the slice has it; none where nothing is measured. */
function numbersOf(list: unknown): readonly DuckDBValue[] {
  return list instanceof DuckDBListValue ? list.items : [];
}
