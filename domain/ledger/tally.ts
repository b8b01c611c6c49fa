import type { ColumnCounts } from './entry.ts';

/** What is counted of values of any kind. */
export class Tally {
  readonly cells: Float64Array;
  nulls = 0;
  notANumber = 0;
  typeErrors = 0;

  constructor(cells: number) {
    this.cells = new Float64Array(cells);
  }

  addNull(rows = 1): void {
    this.nulls += rows;
  }

  addNotANumber(rows = 1): void {
    this.notANumber += rows;
  }

  addWrongType(rows = 1): void {
    this.typeErrors += rows;
  }

  tallied(): ColumnCounts {
    return { cells: listOf(this.cells), nulls: this.nulls, notANumber: this.notANumber, typeErrors: this.typeErrors };
  }
}

/** In a loop: spreading a typed array takes ten times as long. */
function listOf(counts: Float64Array): number[] {
  const list = new Array<number>(counts.length);
  for (let cell = 0; cell < counts.length; cell++) list[cell] = counts[cell] as number;
  return list;
}
