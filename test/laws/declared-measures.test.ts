import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { addOutcomes } from '../../domain/ledger/add-counts.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import type { Measure } from '../../domain/policy/measure.ts';

const measures: readonly Measure[] = [
  { name: 'ratio', better: 'higher', sum: { in: 'outcomes', column: 'y' }, per: { in: 'predictions', column: 'x' } },
  { name: 'sum', better: 'lower', sum: { in: 'outcomes', column: 'y' }, per: 'day' },
];
const make = outcomeSums(
  cutGrid('law' as ModelName, [{ name: 'x', role: 'feature', kind: 'numeric', values: [0, 0.2, 0.9, 40] }], [], {
    measures,
    scores: { a: 'x', b: 'x' },
  }),
  'categorical',
);
const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), { nil: undefined });
const row = fc.record({ x: number, y: number, part: fc.nat(3) });

it('measures and class scores of parts add up to those of the whole, byte for byte, whatever was taken back in between', () =>
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), fc.array(row), (rows, wrong) => {
      const [whole, ...parts] = [make(), make(), make(), make(), make()];
      const values =
        ({ x, y }: (typeof rows)[number]) =>
        (column: { column: string }) =>
          column.column === 'x' ? x : y;
      for (const one of rows) whole?.add('a', 'a', 1, undefined, values(one));
      for (const one of rows) parts[one.part]?.add('a', 'a', 1, undefined, values(one));
      for (const one of wrong) {
        parts[one.part]?.add('a', 'b', 1, undefined, values(one));
        parts[(one.part + 1) % 4]?.add('a', 'b', -1, undefined, values(one));
      }
      expect(canonicalJson(parts.map((part) => part.counts()).reduce(addOutcomes))).toBe(canonicalJson(whole?.counts()));
    }),
  ));
