import { blockT, type RowVariance } from '../statistics/block-t.ts';
import { type RatioSums, ratioOf, sumRatios } from '../statistics/ratio-sums.ts';
import { type StableBlocks, stableBlocks } from '../statistics/stable-blocks.ts';
import { trendPValue } from '../statistics/trend.ts';

/** Rows with a flaw over all rows, by block. */
interface FlawBlocks {
  /** Of the baseline, newest first. */
  readonly blocks: readonly RatioSums[];
  /** Windows after it, newest first. */
  readonly later: readonly RatioSums[];
}

/**
 * A flaw's blocks in the baseline, and what of the windows after it was as steady: see {@link stableBlocks}. A trend is looked for in the
 * blocks' shares.
 *
 * @param threshold how far a share must rise to be an alarm, 0…1
 */
export function stableFlawBlocks(
  { blocks, later }: FlawBlocks,
  { threshold, level }: { readonly threshold: number; readonly level: number },
): StableBlocks<RatioSums> {
  const usual = ratioOf(sumRatios(blocks));
  return stableBlocks(blocks, later, {
    rowsOf: ({ x }) => x,
    isAlarm: (before, block) => ratioOf(block) - usual >= threshold && (riseP(before, block, blocks) ?? 1) <= level / later.length,
    trendOf(steady) {
      const whole = sumRatios(steady);
      return trendPValue(steady.map((block) => Math.sqrt((block.x * steady.length) / whole.x) * (ratioOf(block) - ratioOf(whole))));
    },
  });
}

/** One-sided p-value of a block's share against that of the reference, by how far the blocks differ. */
export function riseP(blocks: readonly RatioSums[], against: RatioSums, reference: readonly RatioSums[]): number | undefined {
  return blockT(blocks, against, varianceOf(reference, against), reference)?.pGreater;
}

function varianceOf(reference: readonly RatioSums[], against: RatioSums): RowVariance {
  const [p, q] = [ratioOf(sumRatios(reference)), ratioOf(against)];
  return { blocks: p * (1 - p), window: q * (1 - q) };
}
