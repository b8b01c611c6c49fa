import { describe, expect, it } from 'vitest';
import { dropPValues } from './drops.ts';
import { mostFalseAlarms } from './false-alarms-of-a-test.ts';

const runs = 200;

describe.each([
  ['wander', {}],
  ['are like the day before by .5', { alike: 0.5 }],
  ['wander with their week', { weekWander: 0.05 }],
])('given four weeks of baseline and four since, days that %s', (_, world) => {
  it('when nothing changes, then the drop of a mean error hardly alarms more often than it may', () => {
    const values = dropPValues({ baselineWeeks: 4, weeksSince: 4, rowsADay: 1000, dayWander: 0.05, ...world }, runs, 11);
    for (const level of [0.05, 0.01])
      expect(values.filter((pValue) => pValue <= level).length / runs).toBeLessThanOrEqual(mostFalseAlarms(level, runs, 1.5));
  });
});

it('given days that wander by 2%, when an error grows by a tenth, then weeks since the baseline find it, and the baseline alone does not', () => {
  const found = (weeksSince: number) => {
    const values = dropPValues({ baselineWeeks: 4, weeksSince, rowsADay: 1000, dayWander: 0.02, rise: 0.1 }, 100, 12);
    return values.filter((pValue) => pValue <= 1 / 360).length / values.length;
  };
  expect(found(0)).toBeLessThan(0.2);
  expect(found(4)).toBeGreaterThan(0.85);
});
