import type { CategoricalColumn } from '../grid/grid.ts';
import type { ColumnCounts } from './entry.ts';
import { NewNames } from './new-names.ts';
import { Tally } from './tally.ts';

/** @returns a maker of sums for categories, one for each partition; they share the table of names */
export function categoricalSums(column: CategoricalColumn): () => CategoricalSum {
  const cells = cellsByName(column);
  return () => new CategoricalSum(cells, new NewNames());
}

export function cellsByName({ categories }: CategoricalColumn): ReadonlyMap<string, number> {
  return new Map(categories.map((name, cell) => [name, cell]));
}

export class CategoricalSum extends Tally {
  readonly kind = 'categorical';
  readonly #cellOf: ReadonlyMap<string, number>;
  readonly #unseen: NewNames | undefined;

  /** @param unseen where names without a cell are kept; absent: they are only counted */
  constructor(cells: ReadonlyMap<string, number>, unseen?: NewNames) {
    super(cells.size + 1);
    this.#cellOf = cells;
    this.#unseen = unseen;
  }

  add(value: string, rows = 1): void {
    const cell = this.#cellOf.get(value) ?? this.cells.length - 1;
    this.cells[cell] = (this.cells[cell] as number) + rows;
    if (cell === this.cells.length - 1) this.#unseen?.add(value, rows);
  }

  counts(): ColumnCounts {
    return { ...this.tallied(), ...this.#unseen?.counts() };
  }
}
