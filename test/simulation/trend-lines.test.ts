import { describe, expect, it } from 'vitest';
import { mostFalseAlarms } from './false-alarms-of-a-test.ts';
import { trendLines } from './trend-lines.ts';

const runs = 600;

describe.each([
  ['wander', { dayWander: 0.05 }],
  ['wander with their week', { dayWander: 0.05, weekWander: 0.05 }],
  ['are like the day before by .5', { dayWander: 0.05, alike: 0.5 }],
])('the trend of a mean error, days that %s', (_, world) => {
  it.each([
    [4, 4],
    [4, 7],
    [26, 7],
    [26, 26],
  ])(
    'when the baseline has %i weeks, %i follow and nothing changes, then it hardly alarms more often than it may',
    (baselineWeeks, weeksSince) => {
      const lines = trendLines({ baselineWeeks, weeksSince, rowsADay: 1000, ...world }, runs, 17);
      for (const level of [0.05, 0.01, 0.001])
        expect(lines.filter(({ pValue }) => pValue <= level).length / runs).toBeLessThanOrEqual(mostFalseAlarms(level, runs, 1.5));
    },
  );
});
