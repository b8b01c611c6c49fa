import { describe, expect, it } from 'vitest';
import { shortSlopeT } from '../../domain/statistics/short-slope.ts';
import { normals } from '../gates/rows.ts';
import { mostFalseAlarms } from './false-alarms-of-a-test.ts';

const runs = 3000;

interface World {
  /** Of a day with the day before. */
  readonly correlation: number;
  /** Standard deviation of what all days of a week have in common, in that of a day. */
  readonly wander: number;
  readonly weekend: number;
}

function weeksOf({ correlation, wander, weekend }: World, seed: number): (count: number) => number[] {
  const normal = normals(seed);
  return (count) => {
    let day = normal();
    return Array.from({ length: count }, () => {
      const ofWeek = wander * normal();
      const days = Array.from({ length: 7 }, (_, weekday) => {
        day = correlation * day + Math.sqrt(1 - correlation ** 2) * normal();
        return day + ofWeek + (weekday > 4 ? weekend : 0);
      });
      return days.reduce((sum, value) => sum + value, 0) / 7;
    });
  };
}

describe.each([
  ['wander', { correlation: 0, wander: 0, weekend: 0 }],
  ['wander with their week', { correlation: 0, wander: 1, weekend: 0 }],
  ['are like the day before by .5', { correlation: 0.5, wander: 0, weekend: 0 }],
  ['differ by weekday', { correlation: 0, wander: 0, weekend: 5 }],
])('a slope of weekly means, days that %s', (_, world) => {
  it.each([
    [4, 4],
    [4, 7],
    [26, 7],
  ])('when the baseline has %i weeks, %i follow and nothing changes, then it hardly alarms more often than it may', (steady, after) => {
    const weeks = weeksOf(world, 17);
    const values = Array.from({ length: runs }, () => {
      const all = weeks(steady + after);
      const points = all.slice(steady).map((value, week) => [week, value] as const);
      return shortSlopeT(points, all.slice(0, steady))?.pGreater as number;
    });
    for (const level of [0.05, 0.01, 0.001])
      expect(values.filter((value) => value <= level).length / runs).toBeLessThanOrEqual(mostFalseAlarms(level, runs, 1.5));
  });
});
