import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../domain/statistics/benjamini-hochberg.ts';
import { blockT } from '../../domain/statistics/block-t.ts';
import { blockTest } from '../../domain/statistics/block-test.ts';
import { groupByFrequency, groupByMass, mergeCells } from '../../domain/statistics/cell-groups.ts';
import { combineDays } from '../../domain/statistics/combine-days.ts';

const block = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 5, maxLength: 5 });
const blocks = fc.array(block, { minLength: 3, maxLength: 12 });

describe('the block test', () => {
  it('gives a p-value in 0…1 and the same one in any order of blocks and of cells', () => {
    fc.assert(
      fc.property(blocks, block, (past, window) => {
        const tested = blockTest(past, window);
        const turned = blockTest(
          past.toReversed().map((cells) => cells.toReversed()),
          window.toReversed(),
        );
        expect(tested?.pValue).toBeGreaterThanOrEqual(0);
        expect(tested?.pValue).toBeLessThanOrEqual(1);
        expect(turned?.pValue).toBeCloseTo(tested?.pValue as number, 9);
      }),
    );
  });

  it('does not see cells and blocks that are empty everywhere', () => {
    fc.assert(
      fc.property(blocks, block, (past, window) => {
        const padded = [...past.map((cells) => [...cells, 0]), [0, 0, 0, 0, 0, 0]];
        expect(blockTest(padded, [...window, 0])?.pValue).toBeCloseTo(blockTest(past, window)?.pValue as number, 9);
      }),
    );
  });

  it('finds nothing when the window is the blocks pooled', () => {
    fc.assert(
      fc.property(blocks, (past) => {
        const pooled = [0, 1, 2, 3, 4].map((cell) => past.reduce((sum, cells) => sum + (cells[cell] as number), 0));
        expect(blockTest(past, pooled)?.pValue).toBeGreaterThan(0.999);
      }),
    );
  });

  it('finds nothing when the window is what it is held against, wherever the other blocks lie', () => {
    fc.assert(
      fc.property(blocks, blocks, (others, reference) => {
        const pooled = [0, 1, 2, 3, 4].map((cell) => reference.reduce((sum, cells) => sum + (cells[cell] as number), 0));
        expect(blockTest([...others, ...reference], pooled, reference)?.distance).toBeLessThan(1e-12);
      }),
    );
  });

  it('is less sure of a window held against a part of the blocks than against all of them, where all are alike', () => {
    const alike = Array.from({ length: 12 }, (_, at) => [50 + (at % 3), 50 - (at % 3)]);
    const [all, part] = [blockTest(alike, [56, 44]), blockTest(alike, [56, 44], alike.slice(0, 3))];
    expect(part?.noise).toBeGreaterThan(all?.noise as number);
    expect(part?.denominatorDegrees).toBe(all?.denominatorDegrees);
  });

  it('gives numbers also when blocks do not differ at all, and none when nothing can be tested', () => {
    const same = [
      [50, 50],
      [50, 50],
      [50, 50],
    ];
    expect(blockTest(same, [50, 50])?.pValue).toBe(1);
    expect(blockTest(same, [90, 10])?.pValue).toBeLessThan(0.05);
    expect(blockTest(same.slice(1, 2), [50, 50])).toBeUndefined();
    expect(blockTest(same, [0, 0])).toBeUndefined();
    expect(blockTest([[5], [6]], [5])).toBeUndefined();
  });
});

const sums = fc.record({ y: fc.integer({ min: -1000, max: 1000 }), x: fc.integer({ min: 1, max: 500 }) });

describe('the ratio block t', () => {
  it('takes how far blocks differ from all of them, and what the window is held against from the reference', () => {
    fc.assert(
      fc.property(fc.array(sums, { minLength: 3, maxLength: 12 }), sums, fc.integer({ min: 1, max: 3 }), (past, window, many) => {
        const rows = { blocks: 4, window: 9 };
        const [whole, part] = [blockT(past, window, rows), blockT(past, window, rows, past.slice(0, many))];
        const [y, x] = (['y', 'x'] as const).map((of) => past.slice(0, many).reduce((sum, block) => sum + block[of], 0)) as [
          number,
          number,
        ];
        expect(part?.difference).toBeCloseTo(window.y / window.x - y / x, 9);
        expect(part?.degrees).toBe(whole?.degrees);
        expect(part?.standardError).toBeGreaterThan(0);
      }),
    );
  });

  it('gives the same p-value in any unit, and mirrors it when the sign turns', () => {
    fc.assert(
      fc.property(
        fc.array(sums, { minLength: 3, maxLength: 12 }),
        sums,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (past, window, unit) => {
          const scaled = (by: number) => ({
            blocks: past.map(({ y, x }) => ({ y: y * by, x })),
            window: { y: window.y * by, x: window.x },
            rows: { blocks: 4 * by * by, window: 9 * by * by },
          });
          const [one, other, turned] = [scaled(1), scaled(unit), scaled(-1)];
          const tested = blockT(one.blocks, one.window, one.rows);
          expect(blockT(other.blocks, other.window, other.rows)?.pGreater).toBeCloseTo(tested?.pGreater as number, 8);
          expect(blockT(turned.blocks, turned.window, turned.rows)?.pGreater).toBeCloseTo(1 - (tested?.pGreater as number), 8);
        },
      ),
    );
  });

  it('is never surer than the rows allow: more variance from row to row never lowers the p-value', () => {
    fc.assert(
      fc.property(fc.array(sums, { minLength: 3, maxLength: 12 }), sums, fc.nat(1e6), (past, window, variance) => {
        const bare = blockT(past, window, { blocks: 0, window: 0 });
        const careful = blockT(past, window, { blocks: variance, window: variance });
        expect(careful?.pDifferent).toBeGreaterThanOrEqual((bare?.pDifferent as number) - 1e-12);
      }),
    );
  });

  it('given constant blocks, when the window is the same, then p is 1, and when it differs, then it is certain', () => {
    const constant = [
      { y: 0, x: 10 },
      { y: 0, x: 20 },
    ];
    expect(blockT(constant, { y: 0, x: 5 }, { blocks: 0, window: 0 })?.pDifferent).toBe(1);
    expect(blockT(constant, { y: 5, x: 5 }, { blocks: 0, window: 0 })?.pGreater).toBe(0);
  });
});

describe('groups of cells', () => {
  const fine = fc.array(fc.nat(50), { minLength: 1, maxLength: 200 }).filter((cells) => cells.some(Boolean));

  it.each([
    ['by mass', groupByMass],
    ['by frequency', groupByFrequency],
  ])('%s hold each cell once, are few enough and heavy enough', (_name, group) => {
    fc.assert(
      fc.property(fine, fc.double({ min: 0.01, max: 0.3, noNaN: true }), (cells, minimumShare) => {
        const groups = group(cells, { atMost: 10, minimumShare });
        expect(groups.flat().sort((a, b) => a - b)).toEqual(cells.map((_, cell) => cell));
        expect(groups.length).toBeLessThanOrEqual(10);
        const rows = cells.reduce((sum, count) => sum + count, 0);
        if (groups.length > 1) for (const mass of mergeCells(cells, groups)) expect(mass).toBeGreaterThanOrEqual(minimumShare * rows);
      }),
    );
  });

  it('by mass are ten of about a tenth each for a fine even column', () => {
    const masses = mergeCells(new Array(2048).fill(7), groupByMass(new Array(2048).fill(7), { atMost: 10, minimumShare: 0.01 }));
    expect(masses).toHaveLength(10);
    for (const mass of masses) expect(mass / (2048 * 7)).toBeCloseTo(0.1, 2);
  });
});

describe('families of tests', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

  it('adjusts no p-value downwards, beyond 1, or out of order', () => {
    fc.assert(
      fc.property(pValues, (family) => {
        const adjusted = benjaminiHochberg(family);
        for (const [test, pValue] of family.entries()) {
          expect(adjusted[test]).toBeGreaterThanOrEqual(pValue);
          expect(adjusted[test]).toBeLessThanOrEqual(1);
          for (const [other, another] of family.entries())
            if (pValue <= another) expect(adjusted[test]).toBeLessThanOrEqual(adjusted[other] as number);
        }
      }),
    );
  });

  it('combines days into twice their median', () => {
    expect(combineDays([0.01, 0.2, 0.03])).toBeCloseTo(0.06, 12);
    expect(combineDays([0.9, 0.8])).toBe(1);
    expect(combineDays([])).toBeUndefined();
  });
});
