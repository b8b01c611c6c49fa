import { sumCells, total } from '../../statistics/counts.ts';
import type { ProbabilityCells } from './score-cells.ts';

/**
 * Expected calibration error over bins of equal width: the mean, weighted by rows, of how far the share of positives in a bin lies from
 * the mean probability there.
 *
 * Bin b of B holds [b/B, (b+1)/B), the last one 1 as well. A cell goes where its mean probability does, as a whole: with cells much
 * finer than bins this is the raw definition but for the few cells across a bound.
 *
 * @returns 0…1, or undefined without rows
 *
 * Cost O(cells). Source: Naeini, Cooper & Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015.
 */
export function calibrationErrorOfEqualWidth(cells: ProbabilityCells, bins: number): number | undefined {
  const rows = rowsOf(cells);
  return errorOver(cells, bins, (cell) => Math.min(bins - 1, Math.floor((bins * (cells.scores[cell] as number)) / (rows[cell] as number))));
}

/**
 * Expected calibration error over bins of equal mass, which crowded scores do not leave empty.
 *
 * Bin b begins with the cell that holds the row of rank round(b (rows - 1) / bins), ranks from 0 by ascending score, and runs up to the
 * next one's beginning. Cells are never cut, so bins can be empty where one cell holds several of those ranks.
 *
 * @returns 0…1, or undefined without rows
 *
 * Cost O(cells × bins). Source: Nixon et al., "Measuring calibration in deep learning", 2019.
 */
export function calibrationErrorOfEqualMass(cells: ProbabilityCells, bins: number): number | undefined {
  const rows = rowsOf(cells);
  const all = total(rows);
  const begins = Array.from({ length: bins - 1 }, (_, bin) => cellOfRank(rows, Math.round(((bin + 1) * (all - 1)) / bins)));
  return errorOver(cells, bins, (cell) => begins.filter((begin) => begin <= cell).length);
}

function errorOver(cells: ProbabilityCells, bins: number, binOf: (cell: number) => number): number | undefined {
  const rows = rowsOf(cells);
  const all = total(rows);
  if (all <= 0) return undefined;
  const gaps = new Array<number>(bins).fill(0);
  for (const [cell, count] of rows.entries()) {
    if (count <= 0) continue;
    const bin = binOf(cell);
    gaps[bin] = (gaps[bin] as number) + (cells.positives[cell] as number) - (cells.scores[cell] as number);
  }
  return total(gaps.map(Math.abs)) / all;
}

function rowsOf({ positives, negatives }: ProbabilityCells): number[] {
  return sumCells([positives, negatives]);
}

function cellOfRank(rows: readonly number[], rank: number): number {
  let through = 0;
  return rows.findIndex((count) => {
    through += count;
    return through > rank;
  });
}
