import { coarseColumn } from '../../grid/coarse-column.ts';
import type { GridColumn } from '../../grid/grid.ts';
import { valuelessCell } from '../../ledger/error-sum.ts';
import { sayNumber } from '../../report/say-number.ts';
import { shortName } from '../../report/short-name.ts';

/** Neighbouring coarse cells of a column in words: `12.1 to 14.5`, `14.5 and more`, `= pro`, `no value`. */
export function whereOf(column: GridColumn, from: number, to: number): string {
  if (from === valuelessCell(column)) return 'no value';
  const coarse = coarseColumn(column);
  if (coarse.kind === 'categorical') {
    const name = coarse.categories[from];
    return name === undefined ? 'other categories' : `= ${shortName(name)}`;
  }
  const [low, high] = [coarse.edges[from - 1], coarse.edges[to]];
  if (low === undefined) return high === undefined ? 'any value' : `under ${sayNumber(high)}`;
  return high === undefined ? `${sayNumber(low)} and more` : `${sayNumber(low)} to ${sayNumber(high)}`;
}
