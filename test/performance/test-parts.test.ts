import { describe, expect, it } from 'vitest';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { OutcomeCounts } from '../../domain/ledger/entry.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import { comparisonOf } from '../../domain/performance/comparison.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import { testParts } from '../../domain/performance/test-parts.ts';
import type { MetricName } from '../../domain/policy/policy.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const grid = cutGrid('parts' as ModelName, [
  { name: 'p', role: 'score', kind: 'numeric', values: Array.from({ length: 101 }, (_, step) => step / 100) },
  { name: 'said', role: 'prediction', kind: 'categorical', values: ['0', '1'] },
]);
const scale = outcomeScale(grid, '1');

/** Rows dealt out over twenty parts; of a broken share the outcome is a coin. */
function parts(random: () => number, rows: number, broken = 0): OutcomeCounts[] {
  const sums = Array.from({ length: 20 }, outcomeSums(grid, 'categorical', '1'));
  for (let row = 0; row < rows; row++) {
    const score = Math.round(100 * random()) / 100;
    const label = random() < (random() < broken ? 0.5 : score) ? '1' : '0';
    sums[row % 20]?.add(score >= 0.5 ? '1' : '0', label, 1, score);
  }
  return sums.map((sum) => sum.counts());
}

const pValue = (metric: MetricName, baseline: readonly OutcomeCounts[], window: readonly OutcomeCounts[]) => {
  const test = testParts(comparisonOf(metric, scale), baseline, window);
  return test.kind === 'none' ? Number.NaN : test.pValue;
};

describe.each<MetricName>(['accuracy', 'rocAuc', 'logLoss', 'precision', 'f1'])('given %s of rows that are independent', (metric) => {
  it('when nothing changed, then a p-value of at most .05 comes about as often as that', () => {
    const random = seededRandom(7);
    const found = Array.from({ length: 200 }, () => pValue(metric, parts(random, 1500), parts(random, 500)));
    const often = found.filter((p) => p <= 0.05).length / found.length;
    expect(often).toBeGreaterThan(0.005);
    expect(often).toBeLessThan(0.095);
  });

  it('when the outcomes of half of the rows hang on nothing, then it is certain', () => {
    const random = seededRandom(8);
    expect(pValue(metric, parts(random, 3000), parts(random, 1000, 0.5))).toBeLessThan(1e-3);
  });
});

it('given no rows on one side, when it is asked, then it says what is missing', () => {
  expect(testParts(comparisonOf('accuracy', scale), parts(seededRandom(9), 100), [])).toEqual({
    kind: 'none',
    missing: 'two rows or more in baseline and window',
  });
});
