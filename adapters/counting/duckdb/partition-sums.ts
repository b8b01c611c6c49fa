import type { Grid, GridColumn } from '../../../domain/grid/grid.ts';
import type { Version } from '../../../domain/identity/names.ts';
import { type ColumnSum, coarseSums, columnSums } from '../../../domain/ledger/column-sum.ts';
import type { Partition, SliceCounts } from '../../../domain/ledger/entry.ts';
import { ErrorSum } from '../../../domain/ledger/error-sum.ts';
import type { OutcomeSum } from '../../../domain/ledger/outcome-sum.ts';
import { sumLeaves } from '../../../domain/ledger/sum-leaves.ts';
import type { AnswerOrder, AnswerSums } from './add-answers.ts';
import { emptyRun, type Run } from './deal-rows.ts';

/** What is summed of some rows. */
export interface Sums extends Run, AnswerSums<OutcomeSum> {
  rows: number;
  readonly columns: readonly ColumnSum[];
}

/** Of the rows of one day and version. */
export interface PartitionSum extends Sums {
  /** By leaf; none where rows are not told apart. */
  readonly leaves: Map<number, Sums>;
  /** Where rows carry their own outcomes. */
  readonly errors: AnswerSums<ErrorSum> | undefined;
}

/** The sums of each day and version, and within these of each leaf where the grid tells rows apart. */
export class PartitionSums {
  readonly #grid: Grid;
  readonly #makers: readonly (() => ColumnSum)[];
  readonly #sliceMakers: readonly (() => ColumnSum)[];
  readonly #answers: AnswerOrder | undefined;
  readonly #partitions = new Map<string, PartitionSum>();
  #last: { readonly day: string; readonly version: Version; readonly sum: PartitionSum } | undefined;

  /** @param answers set where rows carry their own outcomes */
  constructor(grid: Grid, answers: AnswerOrder | undefined) {
    this.#grid = grid;
    this.#makers = grid.columns.map(columnSums);
    this.#sliceMakers = grid.columns.map(coarseSums);
    this.#answers = answers;
  }

  /** Rows of one partition mostly come together. */
  of(day: string, version: Version): PartitionSum {
    if (this.#last?.day === day && this.#last.version === version) return this.#last.sum;
    const key = partitionKey(day, version);
    const sum = this.#partitions.get(key) ?? {
      ...this.#made(this.#makers),
      leaves: new Map(),
      errors: this.#answers && this.#grid.ranking === undefined ? this.#answerSums(() => new ErrorSum(this.#grid)) : undefined,
    };
    this.#partitions.set(key, sum);
    this.#last = { day, version, sum };
    return sum;
  }

  leafOf(partition: PartitionSum, leaf: number): Sums {
    const known = partition.leaves.get(leaf);
    if (known !== undefined) return known;
    const sums = this.#made(this.#sliceMakers);
    partition.leaves.set(leaf, sums);
    return sums;
  }

  /** One for each day and version, ascending. */
  partitions(): Partition[] {
    const { dimensions } = this.#grid;
    return [...this.#partitions]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, { leaves, errors, ...whole }]) => {
        const counts = new Map([...leaves].map(([leaf, sums]) => [leaf, this.#counts(sums)]));
        return {
          ...splitKey(key),
          ...this.#counts(whole),
          ...(dimensions && { slices: sumLeaves(dimensions, counts) }),
          ...(errors?.outcomes && { errors: errors.outcomes.counts() }),
          ...(errors?.presumed && { presumedErrors: errors.presumed.counts() }),
        };
      });
  }

  #made(makers: readonly (() => ColumnSum)[]): Sums {
    const answers = this.#answerSums(this.#answers?.makeSum);
    return { ...emptyRun(), rows: 0, columns: makers.map((make) => make()), ...answers };
  }

  #answerSums<Sum>(make: (() => Sum) | undefined): AnswerSums<Sum> {
    return { outcomes: make?.(), presumed: this.#answers?.absent === undefined ? undefined : make?.() };
  }

  #counts({ rows, columns, outcomes, presumed }: Sums): SliceCounts {
    const counts = Object.fromEntries(columns.map((sum, index) => [(this.#grid.columns[index] as GridColumn).name, sum.counts()]));
    return { rows, columns: counts, ...(outcomes && { outcomes: outcomes.counts() }), ...(presumed && { presumed: presumed.counts() }) };
  }
}

/** Names of days hold no space. */
function partitionKey(day: string, version: string): string {
  return `${day} ${version}`;
}

function splitKey(key: string): Pick<Partition, 'day' | 'version'> {
  const space = key.indexOf(' ');
  return { day: key.slice(0, space), version: key.slice(space + 1) as Version };
}
