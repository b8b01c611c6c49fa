import { CellFinder } from '../../../domain/grid/cell-finder.ts';
import { coarseColumn } from '../../../domain/grid/coarse-column.ts';
import type { GridColumn } from '../../../domain/grid/grid.ts';
import { valuelessCell } from '../../../domain/ledger/error-sum.ts';
import { absent, type Batch, type Values, wrongType } from './batch.ts';

/**
 * Finds the coarse cell of each row in every column of a grid, one byte each.
 *
 * Cost O(rows × columns).
 */
export class CoarseCells {
  readonly #columns: readonly GridColumn[];
  readonly #fill: readonly ((values: Values, rows: number, cells: Uint8Array, column: number) => void)[];
  readonly #first: number;
  #cells = new Uint8Array(0);

  /** @param first where among the batch's columns those of the grid begin */
  constructor(columns: readonly GridColumn[], first: number) {
    this.#columns = columns;
    this.#fill = columns.map((column) => fillerOf(column, columns.length));
    this.#first = first;
  }

  /** Row by row, the columns in the grid's order; good until the next batch is asked for. */
  of(batch: Batch): Uint8Array {
    const length = batch.rows * this.#columns.length;
    if (this.#cells.length < length) this.#cells = new Uint8Array(length);
    for (const [index, fill] of this.#fill.entries()) fill(batch.columns[this.#first + index] as Values, batch.rows, this.#cells, index);
    return this.#cells;
  }
}

function fillerOf(column: GridColumn, width: number): (values: Values, rows: number, cells: Uint8Array, column: number) => void {
  const coarse = coarseColumn(column);
  const valueless = valuelessCell(column);
  if (coarse.kind === 'numeric') {
    const finder = new CellFinder(coarse.edges);
    return (values, rows, cells, index) => {
      if (values.kind !== 'numeric') throw new TypeError('a column is read as what the grid has it');
      for (let row = 0; row < rows; row++) {
        const value = values.values[row] as number;
        cells[row * width + index] = value > wrongType && value < absent ? finder.cellOf(value) : valueless;
      }
    };
  }
  const places = new Map(coarse.categories.map((name, cell) => [name, cell]));
  return (values, rows, cells, index) => {
    if (values.kind !== 'categorical') throw new TypeError('a column is read as what the grid has it');
    const cellsOfTexts = values.texts.map((text) => places.get(text) ?? coarse.categories.length);
    for (let row = 0; row < rows; row++) cells[row * width + index] = cellsOfTexts[values.codes[row] as number] ?? valueless;
  };
}
