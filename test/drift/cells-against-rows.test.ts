import { describe, expect, it } from 'vitest';
import { totalColumn } from '../../domain/drift/column-totals.ts';
import { cutNumeric } from '../../domain/grid/cut-numeric.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';
import { kolmogorovSmirnov } from '../../domain/statistics/kolmogorov-smirnov.ts';
import { mannWhitney } from '../../domain/statistics/mann-whitney.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { wasserstein } from '../../domain/statistics/wasserstein.ts';

const rows = 200_000;
const random = seededRandom(20_111_121);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function poisson(mean: number): number {
  const least = Math.exp(-mean);
  let events = -1;
  for (let product = 1; product > least; events += 1) product *= random();
  return events;
}

/** Student's t with three degrees of freedom, hence without a fourth moment. */
const heavy = () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3);

/** Where the baseline comes from, and windows that moved, spread out, and hardly moved. */
const worlds: readonly [string, () => number, readonly (() => number)[]][] = [
  ['normal', () => 50 + 10 * normal(), [() => 51 + 10 * normal(), () => 50 + 12 * normal(), () => 50.3 + 10 * normal()]],
  [
    'lognormal',
    () => Math.exp(normal()),
    [() => 1.1 * Math.exp(normal()), () => Math.exp(1.2 * normal()), () => Math.exp(0.03 + normal())],
  ],
  ['Poisson', () => poisson(4), [() => poisson(4.4), () => poisson(2 + 4 * random()), () => poisson(4.1)]],
  ['t(3)', heavy, [() => 0.1 + heavy(), () => 1.3 * heavy(), () => 0.05 + heavy()]],
];

describe.each(worlds)(`given 200,000 rows of a %s column on its own grid`, (_name, past, windows) => {
  const baseline = Float64Array.from({ length: rows }, past).sort();
  const column = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: baseline });
  const counted = (values: Float64Array) => {
    const sum = numericSums(column)();
    for (const value of values) sum.add(value);
    return totalColumn(column, [sum.counts()]);
  };
  const base = counted(baseline);

  it.each([
    ['moves', 0],
    ['spreads out', 1],
    ['hardly moves', 2],
  ])('when another 200,000 come from a world that %s, then the figures of the cells are those of the rows', (_how, which) => {
    const window = Float64Array.from({ length: rows }, windows[which] as () => number).sort();
    const cells = counted(window);
    const exact = compareRows(baseline, window);

    const ks = kolmogorovSmirnov(base.cells, cells.cells) ?? { distance: Number.NaN, errorBound: Number.NaN };
    expect(exact.distance).toBeGreaterThanOrEqual(ks.distance - 1e-12);
    expect(exact.distance).toBeLessThanOrEqual(ks.distance + ks.errorBound + 1e-12);
    expect(exact.distance - ks.distance).toBeLessThan(1e-3);

    const moved = wasserstein(base, cells, column.edges) as number;
    expect(Math.abs(moved / exact.area - 1)).toBeLessThan(0.01);

    expect(Math.abs((mannWhitney(base.cells, cells.cells)?.effect as number) - exact.tendency)).toBeLessThan(1e-4);
  });
});

/** Kolmogorov-Smirnov and Wasserstein distance and P(X < Y) + P(X = Y) / 2 of two sorted samples, row by row. */
function compareRows(x: Float64Array, y: Float64Array): { distance: number; area: number; tendency: number } {
  let [i, j, distance, area, pairs] = [0, 0, 0, 0, 0];
  while (i < x.length || j < y.length) {
    const value = Math.min(x[i] ?? Number.POSITIVE_INFINITY, y[j] ?? Number.POSITIVE_INFINITY);
    const [fromI, fromJ] = [i, j];
    while (i < x.length && x[i] === value) i += 1;
    while (j < y.length && y[j] === value) j += 1;
    pairs += (j - fromJ) * (fromI + (i - fromI) / 2);
    const gap = Math.abs(i / x.length - j / y.length);
    distance = Math.max(distance, gap);
    const next = Math.min(x[i] ?? Number.POSITIVE_INFINITY, y[j] ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(next)) area += gap * (next - value);
  }
  return { distance, area, tendency: pairs / x.length / y.length };
}
