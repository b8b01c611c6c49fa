import type { ScoreCounts } from '../../ledger/entry.ts';
import { part } from '../../ledger/parts.ts';
import type { CellGroups } from '../../statistics/cell-groups.ts';
import { mergeCells } from '../../statistics/cell-groups.ts';
import { sumCells } from '../../statistics/counts.ts';

/** What scores have meant: how often a row with a score of some cell turned out positive. */
export interface Calibration {
  readonly groups: CellGroups;
  /** Outcomes that are known, by group. */
  readonly outcomes: readonly number[];
  readonly positives: readonly number[];
  /** By cell of the score, 0…1: all cells of a group have its rate, and a group without outcomes that of all rows. */
  readonly rates: readonly number[];
  /** By cell: the mean score of its rows, of its group's where it had none; absent where a score is no probability. */
  readonly scores?: readonly number[];
}

/**
 * Rates of the coarse cells of the score, from rows whose outcomes are known.
 *
 * @param groups the score's coarse cells
 * @returns undefined without outcomes
 *
 * Cost O(cells).
 */
export function calibrate(known: ScoreCounts, groups: CellGroups): Calibration | undefined {
  const rows = sumCells([known.positives, known.negatives]);
  const [outcomes, positives, sums] = [rows, known.positives, known.sums].map((cells) => mergeCells(cells, groups)) as [
    number[],
    number[],
    number[],
  ];
  const all = sum(outcomes);
  if (all <= 0) return undefined;
  const ratio = (of: readonly number[], group: number, over: number) =>
    (outcomes[group] as number) > 0 ? (of[group] as number) / (outcomes[group] as number) : sum(of) / over;
  const rates = new Array<number>(rows.length).fill(0);
  const scores = new Array<number>(rows.length).fill(0);
  for (const [group, cells] of groups.entries()) {
    for (const cell of cells) {
      rates[cell] = ratio(positives, group, all);
      const own = rows[cell] as number;
      scores[cell] = part * (own > 0 ? (known.sums[cell] as number) / own : ratio(sums, group, all));
    }
  }
  return { groups, outcomes, positives, rates, ...(known.improbable === 0 && { scores }) };
}

/** The groups of fine cells that begin at these. */
export function groupsBeginningAt(begins: readonly number[], cells: number): CellGroups {
  return begins.map((begin, index) => {
    const end = begins[index + 1] ?? cells;
    return Array.from({ length: end - begin }, (_, offset) => begin + offset);
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((rows, count) => rows + count, 0);
}
