import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { addOutcomes } from '../../domain/ledger/add-counts.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import { comparisonOf } from '../../domain/performance/comparison.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';

const names = ['a', 'b', 'c'];
const samples = names.map((name) => ({ name, role: 'feature', kind: 'numeric', values: [0, 0.5, 1] }) as const);
const grid = cutGrid('m' as ModelName, samples, [], { scores: Object.fromEntries(names.map((name) => [name, name])) });
const make = outcomeSums(grid, 'categorical');
const score = fc.double({ min: 0, max: 1, noNaN: true });
const row = fc.record({ label: fc.constantFrom(...names, 'other'), scores: fc.array(fc.option(score), { minLength: 3, maxLength: 3 }) });
type Row = { readonly label: string; readonly scores: readonly (number | null)[] };

function counted(rows: readonly Row[], sign: 1 | -1 = 1) {
  const sum = make();
  for (const { label, scores } of rows) sum.add('a', label, sign, undefined, ({ column }) => scores[names.indexOf(column)] ?? undefined);
  return sum.counts();
}

it('losses of several classes are the same however rows are dealt out, and nothing is left of rows that are taken back', () => {
  fc.assert(
    fc.property(fc.array(row), fc.array(row), (one, other) => {
      expect(addOutcomes(counted(one), counted(other))).toEqual(counted([...one, ...other]));
      expect(addOutcomes(counted([...one, ...other]), counted(other, -1)).classLosses).toEqual(counted(one).classLosses);
    }),
  );
});

it('log loss lies in 0 to 52 ln 2, Brier in 0 to the classes and one more', () => {
  const scale = outcomeScale(grid, undefined);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const [nats, squares] = (['logLoss', 'brier'] as const).map((metric) => comparisonOf(metric, scale).metricOf([counted(rows)]));
      const isCounted = rows.some(({ scores }) => scores.every((one) => one !== null));
      expect([nats === undefined, squares === undefined]).toEqual([!isCounted, !isCounted]);
      expect(nats ?? 0).toBeGreaterThanOrEqual(0);
      expect(nats ?? 0).toBeLessThan(52 * Math.LN2 + 1e-6);
      expect(squares ?? 0).toBeGreaterThanOrEqual(0);
      expect(squares ?? 0).toBeLessThanOrEqual(4);
    }),
  );
});
