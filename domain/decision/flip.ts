import { isWorseWhenLarger } from '../policy/drop.ts';
import type { Policy } from '../policy/policy.ts';
import type { Signal } from '../report/report.ts';
import { sayNumber } from '../report/say-number.ts';
import type { Reason } from './decision.ts';

/** What a signal's value would have had to be to be judged otherwise; `undefined` where no value alone would have done it. */
export function flipOf(signal: Signal, policy: Policy): Reason['nearestFlip'] {
  const { value, threshold, subject, segment, statistic } = signal;
  const passedByItsTest = signal.outcome === 'pass' && nearness(signal, policy) >= 1;
  if (value === undefined || threshold === undefined || passedByItsTest) return undefined;
  const what = segment === undefined ? subject : `${subject} in ${segment}`;
  return { value, threshold, says: `${what} (${statistic}) at ${sayNumber(threshold)} instead of ${sayNumber(value)}` };
}

/** How much of the way to its threshold a signal has gone: 1 is there, and what cannot be told is nowhere. */
export function nearness({ value, threshold, reference, layer }: Signal, { performance }: Policy): number {
  if (value === undefined || threshold === undefined) return Number.NEGATIVE_INFINITY;
  const better = layer === 'performance' && !isWorseWhenLarger(performance.metric);
  if (reference === undefined && better) return threshold / value;
  const origin = layer === 'performance' ? (reference ?? 0) : 0;
  return threshold === origin ? Number.NEGATIVE_INFINITY : (value - origin) / (threshold - origin);
}
