import type { Drop, MetricName } from '../policy/policy.ts';
import { seededRandom } from '../statistics/seeded-random.ts';
import { type Excess, excessOf } from './excess.ts';
import type { PairedDay } from './paired-days.ts';

const resamples = 2_000;
const level = 0.95;
/** Any fixed number: the same rows must always give the same verdict. */
const seed = 20_110_418;

export interface DayInterval {
  readonly candidateMeanLoss: number;
  readonly championMeanLoss: number;
  readonly excess: Excess;
  /** 95% interval of `excess.value`; absent when too few days carry the whole difference for any to be given. */
  readonly interval?: readonly [number, number];
}

/**
 * Interval of how much worse the candidate is than the margin allows: a bootstrap over whole days, since rows of one day share
 * its weather and its events, and studentised, since with a dozen days plain percentiles are too narrow.
 *
 * @param days at least one, each with at least one row
 *
 * Cost O(2,000 × days). Source: Davison and Hinkley, "Bootstrap methods and their application", 1997, 5.2 and 3.8.
 */
export function dayInterval(metric: MetricName, days: readonly PairedDay[], margin: Drop): DayInterval {
  const seen = estimate(metric, days, margin);
  const { excess, standardError } = seen;
  const base = { candidateMeanLoss: seen.candidate, championMeanLoss: seen.champion, excess };
  if (standardError === 0) return { ...base, interval: [excess.value, excess.value] };

  const random = seededRandom(seed);
  const deviations = new Float64Array(resamples).map(() => {
    const drawn = days.map(() => days[Math.floor(random() * days.length)] as PairedDay);
    const again = estimate(metric, drawn, margin);
    const gap = again.excess.value - excess.value;
    return gap === 0 ? 0 : gap / again.standardError;
  });
  deviations.sort();
  const low = Math.min(deviations[Math.floor((resamples * (1 - level)) / 2)] as number, 0);
  const high = Math.max(deviations[Math.ceil((resamples * (1 + level)) / 2) - 1] as number, 0);
  const interval = [excess.value - high * standardError, excess.value - low * standardError] as const;
  return interval.every(Number.isFinite) ? { ...base, interval } : base;
}

/** Ratio estimates over days of unequal size, with the linearised standard error between days. */
function estimate(metric: MetricName, days: readonly PairedDay[], margin: Drop) {
  let rows = 0;
  let candidateSum = 0;
  let championSum = 0;
  for (const day of days) {
    rows += day.rows;
    candidateSum += day.candidate;
    championSum += day.champion;
  }
  const candidate = candidateSum / rows;
  const champion = championSum / rows;
  const excess = excessOf(metric, candidate, champion, margin);

  let squares = 0;
  for (const day of days) {
    const influence =
      excess.byCandidate * (day.candidate - candidate * day.rows) + excess.byChampion * (day.champion - champion * day.rows);
    squares += (influence / rows) ** 2;
  }
  return { candidate, champion, excess, standardError: Math.sqrt((squares * days.length) / Math.max(1, days.length - 1)) };
}
