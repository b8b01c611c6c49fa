import { seededRandom } from './seeded-random.ts';

const resamples = 2_000;
const level = 0.95;
/** Any fixed number: the same blocks must always give the same interval. */
const seed = 20_110_418;

export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/**
 * Two-sided 95% interval of an estimate, by a bootstrap over whole blocks: what is alike within a block stays together. It is
 * studentised, since with a dozen blocks plain percentiles are too narrow.
 *
 * @param estimate of some blocks, drawn with replacement; its standard error is 0 only when nothing varies
 * @returns undefined when too few blocks carry the whole estimate for any interval to be given
 *
 * Cost O(2,000 × blocks). Source: Davison and Hinkley, "Bootstrap methods and their application", 1997, 5.2 and 3.8.
 */
export function blockBootstrap<B>(
  blocks: readonly B[],
  estimate: (drawn: readonly B[]) => Estimate,
): readonly [number, number] | undefined {
  const { value, standardError } = estimate(blocks);
  if (standardError === 0) return [value, value];

  const random = seededRandom(seed);
  const deviations = new Float64Array(resamples).map(() => {
    const again = estimate(blocks.map(() => blocks[Math.floor(random() * blocks.length)] as B));
    const gap = again.value - value;
    return gap === 0 ? 0 : gap / again.standardError;
  });
  deviations.sort();
  const low = Math.min(deviations[Math.floor((resamples * (1 - level)) / 2)] as number, 0);
  const high = Math.max(deviations[Math.ceil((resamples * (1 + level)) / 2) - 1] as number, 0);
  const interval = [value - high * standardError, value - low * standardError] as const;
  return interval.every(Number.isFinite) ? interval : undefined;
}
