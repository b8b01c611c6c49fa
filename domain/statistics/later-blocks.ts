import type { StableBlocks } from './stable-blocks.ts';

/** Blocks after the reference: those that were as steady, those that alarmed, and the trend for which none of them is asked. */
export interface LaterBlocks {
  readonly steady: number;
  readonly alarmed: number;
  readonly trendPValue?: number;
}

export function laterOf({ blocks, reference, alarmed, trendPValue }: StableBlocks<unknown>): LaterBlocks {
  return { steady: blocks.length - reference.length, alarmed, ...(trendPValue === undefined ? {} : { trendPValue }) };
}

/** As a signal's `statistics` tell them; nothing where no window came between. */
export function laterStatistics(later: LaterBlocks | undefined): Record<string, number> {
  if (later === undefined) return {};
  const { steady, alarmed, trendPValue } = later;
  return { laterBlocks: steady, laterBlocksAlarmed: alarmed, ...(trendPValue === undefined ? {} : { laterTrendPValue: trendPValue }) };
}
