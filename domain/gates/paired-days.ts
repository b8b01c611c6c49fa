import type { GateMetricName } from '../policy/policy.ts';
import { lossOf } from './loss.ts';
import type { ScoredRow } from './scored-row.ts';

/** Rows of one UTC day that both versions answered, with the sums of their losses. */
export interface PairedDay {
  readonly day: string;
  readonly rows: number;
  readonly candidate: number;
  readonly champion: number;
}

/**
 * Pairs rows by id and sums losses by day, ascending. Rows only one side answered are no pair. The order of the rows given does
 * not matter, to the last bit: sums run in the order of ids.
 *
 * Cost O(rows log rows).
 */
export function pairDays(metric: GateMetricName, candidate: readonly ScoredRow[], champion: readonly ScoredRow[]): readonly PairedDay[] {
  const answers = new Map(champion.map((row) => [row.id, row]));
  const days = new Map<string, { rows: number; candidate: number; champion: number }>();

  for (const row of candidate.toSorted(byId)) {
    const other = answers.get(row.id);
    const losses = [lossOf(metric, row), other && lossOf(metric, other)] as const;
    if (losses[0] === undefined || losses[1] === undefined) continue;

    const day = new Date(row.timeMilliseconds).toISOString().slice(0, 10);
    const sums = days.get(day) ?? { rows: 0, candidate: 0, champion: 0 };
    days.set(day, { rows: sums.rows + 1, candidate: sums.candidate + losses[0], champion: sums.champion + losses[1] });
  }
  return [...days].map(([day, sums]) => ({ day, ...sums })).toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

function byId(a: ScoredRow, b: ScoredRow): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
