import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { version } from '../report/watched-model.ts';

export const customerGrid = cutGrid(
  'churn' as ModelName,
  [
    { name: 'p', role: 'score', kind: 'numeric', values: Array.from({ length: 101 }, (_, index) => index / 100) },
    { name: 'q', role: 'feature', kind: 'numeric', values: Array.from({ length: 101 }, (_, index) => index / 100) },
    { name: 'said', role: 'prediction', kind: 'categorical', values: ['0', '1'] },
  ],
  [],
  { scores: { 0: 'q', 1: 'p' } },
);

interface Customers {
  readonly seed: number;
  /** Days after 2024-01-01. */
  readonly first: number;
  readonly days: number;
  /** By day: at 1 the probability tells who leaves, at 0 it tells nothing. */
  readonly skill: (day: number) => number;
  readonly rows?: number;
}

/** Days of customers of whom about one in ten leaves. */
export function customers({ seed, first, days, skill, rows = 200 }: Customers): Partition[] {
  const random = seededRandom(seed);
  return Array.from({ length: days }, (_, day) => {
    const sum = outcomeSums(customerGrid, 'categorical', '1')();
    for (let row = 0; row < rows; row += 1) {
      const p = random() ** 9;
      sum.add(p > 0.5 ? '1' : '0', random() < skill(day) * p + (1 - skill(day)) * 0.1 ? '1' : '0', 1, p, ({ column }) =>
        column === 'p' ? p : 1 - p,
      );
    }
    const date = new Date(Date.UTC(2024, 0, 1 + first + day)).toISOString().slice(0, 10);
    return { day: date, version, rows, columns: {}, outcomes: sum.counts() };
  });
}
