import { fewestBlocks, mostBlocks } from './history-blocks.ts';
import { trendLevel } from './trend.ts';

/** Blocks of a past, newest first. */
export interface StableBlocks<B> {
  /** All that tell how far blocks differ. */
  readonly blocks: readonly B[];
  /** Those of them that a window is held against. */
  readonly reference: readonly B[];
  /** Later ones that would have been alarms themselves. */
  readonly alarmed: number;
  /** Of all of them, where it is the reason that the later ones are not asked. */
  readonly trendPValue?: number;
}

export interface BlockRule<B> {
  rowsOf(block: B): number;
  /** Is a block an alarm against the ones before it, which include the reference? */
  isAlarm(before: readonly B[], block: B): boolean;
  /** p-value of a trend in blocks that follow each other, the oldest first. */
  trendOf(blocks: readonly B[]): number | undefined;
}

/**
 * The reference's blocks and the later ones that were as steady: from these a test learns how far blocks differ when nothing moved. At most 26,
 * of the later ones the newest.
 *
 * Each later block is asked in the order of time, as a look would have asked it: one that is an alarm is left out, so that what moved once
 * does not count as usual ever after. Where all that are left have a trend (p < .01), the reference stands alone: what moves slowly
 * would otherwise teach the test that moving is usual. A block with under a tenth of the median reference block's rows is none.
 *
 * @param reference newest first
 * @param later newest first
 */
export function stableBlocks<B>(reference: readonly B[], later: readonly B[], rule: BlockRule<B>): StableBlocks<B> {
  const sizes = reference.map(rule.rowsOf).sort((a, b) => a - b);
  const fewestRows = Math.max(1, (sizes[Math.floor(sizes.length / 2)] ?? 0) / 10);
  const candidates = later.slice(0, Math.max(0, mostBlocks - reference.length)).filter((block) => rule.rowsOf(block) >= fewestRows);
  const steady: B[] = reference.toReversed();
  for (const block of candidates.toReversed()) if (!rule.isAlarm(steady, block)) steady.push(block);

  const alarmed = reference.length + candidates.length - steady.length;
  const trendPValue = steady.length === reference.length ? undefined : rule.trendOf(steady);
  return trendPValue !== undefined && trendPValue < trendLevel
    ? { blocks: reference, reference, alarmed, trendPValue }
    : { blocks: steady.toReversed(), reference, alarmed };
}

/** Are there blocks beside the reference's, and enough for a test? */
export function isWider({ blocks, reference }: Pick<StableBlocks<unknown>, 'blocks' | 'reference'>): boolean {
  return blocks.length >= fewestBlocks && blocks.length > reference.length;
}
