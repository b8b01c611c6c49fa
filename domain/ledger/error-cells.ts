import { largestFixedPoint } from './fixed-point.ts';

const perDoubling = 16;
const wholeDoublings = 4;

/**
 * The cell of the size of an error, in whole units up to {@link largestFixedPoint}: one for each size under 16, then 16 to a doubling, so
 * that a cell is never wider than a sixteenth of what it holds.
 */
export function errorCellOf(units: number): number {
  if (units < perDoubling) return units;
  const doublings = 31 - Math.clz32(units);
  return perDoubling * (doublings - wholeDoublings) + Math.floor(units / 2 ** (doublings - wholeDoublings));
}

/** The smallest size a cell holds; cells end where the next one begins. */
export function errorCellBegin(cell: number): number {
  if (cell < perDoubling) return cell;
  const doublings = Math.floor(cell / perDoubling) - 1;
  return (cell - perDoubling * doublings) * 2 ** doublings;
}

export const errorCells = errorCellOf(largestFixedPoint) + 1;
