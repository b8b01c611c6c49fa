import type { MetricName } from '../policy/policy.ts';
import { isUsable } from './is-usable.ts';
import { lossOf, type RowLossName } from './loss.ts';
import type { ScoredRow } from './scored-row.ts';

/** Rows of one UTC day that both versions answered, one beside the other. */
export interface PairedRows {
  readonly day: string;
  readonly candidate: readonly ScoredRow[];
  readonly champion: readonly ScoredRow[];
}

/** The same day with the sums of their losses. */
export interface PairedDay {
  readonly day: string;
  readonly rows: number;
  readonly candidate: number;
  readonly champion: number;
}

/**
 * Pairs rows by id, day by day, ascending. Rows only one side answered, or that the metric cannot be taken of, are no pair. The order of
 * the rows given does not matter, to the last bit: within a day they stand in the order of ids.
 *
 * Cost O(rows log rows).
 */
export function pairRows(metric: MetricName, candidate: readonly ScoredRow[], champion: readonly ScoredRow[]): readonly PairedRows[] {
  const answers = new Map(champion.map((row) => [row.id, row]));
  const days = new Map<string, { candidate: ScoredRow[]; champion: ScoredRow[] }>();
  const begins = beginsOfQueries(candidate);

  for (const row of candidate.toSorted(byId)) {
    const other = answers.get(row.id);
    if (other === undefined || !isUsable(metric, row) || !isUsable(metric, other)) continue;

    const day = new Date(begins.get(row.query) ?? row.timeMilliseconds).toISOString().slice(0, 10);
    const pairs = days.get(day) ?? { candidate: [], champion: [] };
    pairs.candidate.push(row);
    pairs.champion.push(other);
    days.set(day, pairs);
  }
  return [...days].map(([day, pairs]) => ({ day, ...pairs })).toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** A query is not parted: all its rows are of the day of its first. */
function beginsOfQueries(rows: readonly ScoredRow[]): Map<string | undefined, number> {
  const begins = new Map<string | undefined, number>();
  for (const { query, timeMilliseconds } of rows) {
    if (query !== undefined) begins.set(query, Math.min(begins.get(query) ?? timeMilliseconds, timeMilliseconds));
  }
  return begins;
}

/** Sums of the losses of rows that have one; days without any are left out. */
export function sumPairs(metric: RowLossName, days: readonly PairedRows[], positive?: string): PairedDay[] {
  const sums = days.map(({ day, candidate, champion }) => {
    const sum = { day, rows: 0, candidate: 0, champion: 0 };
    for (const [place, row] of candidate.entries()) {
      const losses = [lossOf(metric, row, positive), lossOf(metric, champion[place] as ScoredRow, positive)] as const;
      if (losses[0] === undefined || losses[1] === undefined) continue;
      sum.rows += 1;
      sum.candidate += losses[0];
      sum.champion += losses[1];
    }
    return sum;
  });
  return sums.filter(({ rows }) => rows > 0);
}

function byId(a: ScoredRow, b: ScoredRow): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
