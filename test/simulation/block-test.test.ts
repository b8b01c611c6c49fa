import { describe, expect, it } from 'vitest';
import { blockT } from '../../domain/statistics/block-t.ts';
import { blockTest } from '../../domain/statistics/block-test.ts';
import { chiSquare } from '../../domain/statistics/chi-square.ts';
import { combineDays } from '../../domain/statistics/combine-days.ts';
import { sumCells } from '../../domain/statistics/counts.ts';
import { together, wanderingDays } from './wandering-days.ts';

/** One and a half times the nominal level, and two standard errors of the simulation itself. */
const mostAlarms = (level: number, runs: number) => 1.5 * level + 2 * Math.sqrt((level * (1 - level)) / runs);

function shareUnder(level: number, pValues: readonly number[]): number {
  return pValues.filter((pValue) => pValue <= level).length / pValues.length;
}

describe('given days whose mean wanders by 0.2 sigma, 300 rows each, and no drift at all', () => {
  const runs = 500;
  const days = wanderingDays(20110101, 0.2, 300);
  const looks = Array.from({ length: runs }, () => {
    const blocks = Array.from({ length: 12 }, () => together(days(7)));
    const window = together(days(7));
    const counts = blocks.map((block) => block.counts);
    const pooled = sumCells(counts);
    return {
      shape: blockTest(counts, window.counts)?.pValue as number,
      mean: blockT(
        blocks.map(({ sum, rows }) => ({ y: sum, x: rows })),
        { y: window.sum, x: window.rows },
        { blocks: 1, window: 1 },
      )?.pDifferent as number,
      rowsTakenAsIndependent: chiSquare(pooled, window.counts)?.pValue as number,
    };
  });

  it('when twelve blocks are tested at .05, then the block test alarms hardly more often', () => {
    expect(
      shareUnder(
        0.05,
        looks.map(({ shape }) => shape),
      ),
    ).toBeLessThanOrEqual(mostAlarms(0.05, runs));
  });

  it('when twelve blocks are tested at .05, then so does the mean-shift t', () => {
    const alarms = shareUnder(
      0.05,
      looks.map(({ mean }) => mean),
    );
    expect(alarms).toBeLessThanOrEqual(mostAlarms(0.05, runs));
    expect(alarms).toBeGreaterThan(0.01);
  });

  it('when rows are taken as independent instead, then more than a third of all looks alarm', () => {
    expect(
      shareUnder(
        0.05,
        looks.map(({ rowsTakenAsIndependent }) => rowsTakenAsIndependent),
      ),
    ).toBeGreaterThan(0.33);
  });

  it('when only 28 single days are known, then the combined days of a week hardly alarm more often', () => {
    const pValues = Array.from({ length: 300 }, () => {
      const past = days(28).map(({ counts }) => counts);
      return combineDays(days(7).map(({ counts }) => blockTest(past, counts)?.pValue as number)) as number;
    });
    expect(shareUnder(0.05, pValues)).toBeLessThanOrEqual(mostAlarms(0.05, pValues.length));
  });
});

describe('given days that wander by 0.1 sigma', () => {
  it('when the window is 0.3 sigma off, then twelve blocks see it at .001 in most looks', () => {
    const days = wanderingDays(7, 0.1, 300);
    const pValues = Array.from({ length: 200 }, () => {
      const past = Array.from({ length: 12 }, () => together(days(7)).counts);
      return blockTest(past, together(days(7, 0.3)).counts)?.pValue as number;
    });
    expect(shareUnder(0.001, pValues)).toBeGreaterThan(0.7);
  });
});
