import { describe, expect, it } from 'vitest';
import { dayInterval } from '../../domain/gates/day-interval.ts';
import type { PairedDay } from '../../domain/gates/paired-days.ts';
import { normals } from '../gates/rows.ts';

const trials = 400;
/** Each side of a 95% interval is to be wrong at most 2.5% of the time; three standard errors of a share of 400 trials above it. */
const tolerated = 0.025 + 3 * Math.sqrt((0.025 * 0.975) / trials);

/** Days of unequal size and hardness; the two versions also differ by day, as models do. */
function simulatedDays(normal: () => number, count: number, harm: number): PairedDay[] {
  return Array.from({ length: count }, (_, index) => {
    const rows = 18 + Math.round(3 * normal());
    const champion = rows * 30 * Math.exp(0.4 * normal());
    return { day: String(index), rows, champion, candidate: champion + rows * (harm + 5 * normal()) };
  });
}

function shareOf(count: number, harm: number, ends: (interval: readonly [number, number]) => boolean): number {
  const normal = normals(count);
  const intervals = Array.from(
    { length: trials },
    () => dayInterval('mae', simulatedDays(normal, count, harm), { by: 0, of: 'points' }).interval,
  );
  return intervals.filter((interval) => interval !== undefined && ends(interval)).length / trials;
}

describe.each([8, 12, 40])('the gate against the champion, over %d days that differ', (count) => {
  it('given a candidate exactly at the margin, when many are judged, then hardly any is let through and hardly any refused', () => {
    expect(shareOf(count, 0, ([, high]) => high <= 0)).toBeLessThanOrEqual(tolerated);
    expect(shareOf(count, 0, ([low]) => low > 0)).toBeLessThanOrEqual(tolerated);
  });

  it('given harm or benefit of twice the spread between days, when many are judged, then nearly all are found', () => {
    expect(shareOf(count, 10, ([low]) => low > 0)).toBeGreaterThan(0.9);
    expect(shareOf(count, -10, ([, high]) => high <= 0)).toBeGreaterThan(0.9);
  });
});
