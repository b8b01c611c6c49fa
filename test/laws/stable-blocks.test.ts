import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableBlocks } from '../../domain/statistics/stable-blocks.ts';
import { trendPValue } from '../../domain/statistics/trend.ts';

interface Block {
  readonly rows: number;
  readonly mean: number;
}

const block = fc.record({ rows: fc.integer({ min: 50, max: 100 }), mean: fc.double({ min: -1, max: 1, noNaN: true }) });
const some = (most: number) => fc.array(block, { minLength: 1, maxLength: most });
const rowsOf = ({ rows }: Block) => rows;
const noTrend = () => undefined;

describe('blocks that were as steady as their reference', () => {
  it('are all of the reference and, of the later ones, those that are no alarm, newest first and at most 26', () => {
    fc.assert(
      fc.property(some(30), some(40), fc.double({ min: 0, max: 1, noNaN: true }), (reference, later, limit) => {
        const isAlarm = (_: unknown, { mean }: Block) => mean > limit;
        const stable = stableBlocks(reference, later, { rowsOf, isAlarm, trendOf: noTrend });
        const asked = later.slice(0, Math.max(0, 26 - reference.length));
        expect(stable.blocks).toEqual([...asked.filter((one) => !isAlarm([], one)), ...reference]);
        expect(stable.alarmed).toBe(asked.filter((one) => isAlarm([], one)).length);
        expect(stable.reference).toEqual(reference);
      }),
    );
  });

  it('are asked in the order of time, each against what was steady before it', () => {
    fc.assert(
      fc.property(some(8), some(18), (reference, later) => {
        const seen: number[] = [];
        stableBlocks(reference, later, {
          rowsOf,
          isAlarm(before, one) {
            expect(before.slice(0, reference.length)).toEqual(reference.toReversed());
            seen.push(later.indexOf(one));
            return before.length > reference.length + 3;
          },
          trendOf: noTrend,
        });
        expect(seen).toEqual(later.map((one) => later.indexOf(one)).reverse());
      }),
    );
  });

  it('are those of the reference alone where all together have a trend', () => {
    const reference = [2, 1, 0, 1].map((mean) => ({ rows: 100, mean }));
    const rising = Array.from({ length: 12 }, (_, at) => ({ rows: 100, mean: 14 - at }));
    const rule = { rowsOf, isAlarm: () => false, trendOf: (blocks: readonly Block[]) => trendPValue(blocks.map(({ mean }) => mean)) };
    const stable = stableBlocks(reference, rising, rule);
    expect(stable.blocks).toEqual(reference);
    expect(stable.trendPValue).toBeLessThan(0.01);
    expect(stableBlocks(reference, [], rule)).not.toHaveProperty('trendPValue');
  });

  it('leave out what has next to no rows', () => {
    const reference = Array.from({ length: 4 }, () => ({ rows: 100, mean: 0 }));
    const later = [9, 10, 0].map((rows) => ({ rows, mean: 0 }));
    const stable = stableBlocks(reference, later, { rowsOf, isAlarm: () => false, trendOf: noTrend });
    expect(stable.blocks).toEqual([{ rows: 10, mean: 0 }, ...reference]);
    expect(stable.alarmed).toBe(0);
  });
});
