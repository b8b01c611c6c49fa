import { describe, expect, it } from 'vitest';
import { changesIn } from '../../domain/statistics/change-detector.ts';
import { eDetector } from '../../domain/statistics/e-detector.ts';
import { normals } from '../gates/rows.ts';

const looks = 90;
/** One false alarm in 90 days, a quarter of it for this layer. */
const runLength = 360;
const bound = looks / runLength;
const runs = 1000;

interface World {
  readonly days: string;
  readonly loss: (normal: () => number, day: number) => number;
}

/** Mean loss of a day: a mood all its rows share, and what 60 rows leave of their own noise. */
const moody = (normal: () => number) => 30 + 3 * normal() + (8 * normal()) / Math.sqrt(60);

const unchanged: readonly World[] = [
  { days: 'that differ', loss: moody },
  { days: 'with heavy tails', loss: (normal) => 30 * Math.exp(normal()) },
  { days: 'of unequal volume', loss: (normal) => 30 + normal() + (8 * normal()) / Math.sqrt(20 + 400 * Math.abs(normal())) },
  { days: 'that are mostly without any loss', loss: (normal) => Math.max(0, normal() - 1) },
  { days: 'whose weekends are harder', loss: (normal, day) => moody(normal) + (day % 7 >= 5 ? 3 : 0) },
];

function seriesOf({ loss }: World, normal: () => number, baselineDays: number, days: number, shift = 0) {
  const series = Array.from({ length: baselineDays + days }, (_, day) => loss(normal, day) + (day >= baselineDays ? shift : 0));
  return { baseline: series.slice(0, baselineDays), watched: series.slice(baselineDays) };
}

describe.each(unchanged)('given a steady model on days $days, looked at daily for a quarter of a year', (world) => {
  it.each([28, 84])('when %i days are known of it, then false alarms keep to the stated bound', (baselineDays) => {
    const normal = normals(baselineDays);
    const told = Array.from({ length: runs }, () => {
      const { baseline, watched } = seriesOf(world, normal, baselineDays, looks);
      return changesIn(eDetector(baseline, runLength), watched).length;
    });
    const slack = 2 * Math.sqrt((bound * (1 - bound)) / runs);
    expect(told.filter((changes) => changes > 0).length / runs).toBeLessThanOrEqual(bound + slack);
    expect(told.reduce((sum, changes) => sum + changes, 0) / runs).toBeLessThanOrEqual(bound + slack);
  });
});

describe('given days that differ by 3 and a loss that rises for good', () => {
  it.each([
    [28, 6, 8],
    [84, 6, 5],
    [84, 3, 16],
  ])('when %i days are known and it rises by %i, then half of all series tell it within %i days', (baselineDays, rise, median) => {
    const normal = normals(rise);
    const delays = Array.from({ length: 200 }, () => {
      const { baseline, watched } = seriesOf({ days: '', loss: moody }, normal, baselineDays, 180, rise);
      const [first = Number.POSITIVE_INFINITY] = changesIn(eDetector(baseline, runLength), watched);
      return first + 1;
    }).sort((a, b) => a - b);
    expect(delays[100]).toBeLessThanOrEqual(median);
  });
});

it('given losses that remember the day before by half, when they are looked at daily, then the bound does not hold: exchangeable days are its condition', () => {
  const normal = normals(5);
  const told = Array.from({ length: 400 }, () => {
    let mood = normal();
    const loss = () => {
      mood = 0.5 * mood + Math.sqrt(0.75) * normal();
      return mood;
    };
    const { baseline, watched } = seriesOf({ days: '', loss }, normal, 84, looks);
    return changesIn(eDetector(baseline, runLength), watched).length > 0;
  });
  expect(told.filter(Boolean).length / told.length).toBeGreaterThan(bound);
});
