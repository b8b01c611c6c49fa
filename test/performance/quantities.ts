import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import type { OutcomeDay } from '../../domain/performance/outcome-day.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

export const quantityGrid = cutGrid('demand' as ModelName, [
  { name: 'y', role: 'prediction', kind: 'numeric', values: Array.from({ length: 100 }, (_, index) => 20 + index) },
]);

/** Days of 24 quantities from 20 to 120, after 2024-01-01, predicted to within `error` to either side. */
export function quantities(seed: number, first: number, days: number, error: (day: number) => number): OutcomeDay[] {
  const random = seededRandom(seed);
  return Array.from({ length: days }, (_, day) => {
    const sum = outcomeSums(quantityGrid, 'numeric')();
    for (let hour = 0; hour < 24; hour += 1) {
      const was = 20 + 100 * random();
      sum.add(was + (2 * random() - 1) * error(day), was, 1);
    }
    return { day: new Date(Date.UTC(2024, 0, 1 + first + day)).toISOString().slice(0, 10), outcomes: sum.counts() };
  });
}
