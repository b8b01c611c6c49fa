import { describe, expect, it } from 'vitest';
import { checksOfFiftyColumns } from './checks-of-fifty-columns.ts';
import { falseAlarmsOfATest, mostFalseAlarms } from './false-alarms-of-a-test.ts';
import { falseAlarmsWithLater } from './past-with-later.ts';
import { manyChecks, powerOfACheck } from './power-of-a-check.ts';
import { type WorldName, worlds } from './stable-worlds.ts';

const runs = 400;

describe.each(Object.keys(worlds) as WorldName[])('given %s, and nothing that drifts', (world) => {
  it.each([
    [12, 1, 1.5],
    [12, 5, 2],
  ])(
    'when %i blocks are tested by a window %i times as busy, then hardly more look different than the level allows',
    (blocks, busier, factor) => {
      const [share] = falseAlarmsOfATest({ world, blocks, busier, rowsADay: 300 }, [0.05], runs, 7) as [number];
      expect(share).toBeLessThanOrEqual(mostFalseAlarms(0.05, runs, factor));
    },
  );
});

it('given four weeks of baseline and eight since, when nothing drifts, then hardly more look different than the level allows', () => {
  const [share] = falseAlarmsWithLater('days alike for days', { baseline: 4, later: 8 }, [0.05], 200, 7) as [number];
  expect(share).toBeLessThanOrEqual(mostFalseAlarms(0.05, 200, 1.5));
});

it('given fifty columns of days that differ, when nothing drifts and effects do not count, then few checks alarm', () => {
  const made = checksOfFiftyColumns({ world: 'days that differ', pastDays: 84, rowsADay: 300, level: 0.05, thresholds: 1e-9 }, 20, 7);
  expect(made.anyAlarm).toBeLessThanOrEqual(mostFalseAlarms(0.05, 20, 1));
  expect(made.inconclusiveColumns).toBeLessThan(0.1);
});

describe('given one column of fifty that moved', () => {
  const plan = { wander: 0.05, weeks: { baseline: 12, later: 0 }, rowsADay: 1500, level: 1 / 360 };

  it('when it is by 0.3 sigma, then nearly every check finds it', () => {
    expect(powerOfACheck({ ...plan, shift: 0.3 }, 100, 7)).toBeGreaterThanOrEqual(0.95);
  });

  it('when it is by 0.005 sigma at a million rows a day, then no check alarms, however certain it is', () => {
    expect(powerOfACheck({ ...plan, wander: 0, rowsADay: 1_000_000, shift: 0.005 }, 50, 7)).toBe(0);
  });

  it('when it is by 0.3 sigma, then weeks since a baseline of four serve as well as weeks of it; without them half are missed', () => {
    const four = (later: number) => powerOfACheck({ ...plan, weeks: { baseline: 4, later }, shift: 0.3 }, 100, 7);
    expect(four(8)).toBeGreaterThanOrEqual(0.95);
    expect(four(0)).toBeLessThan(0.7);
  });

  it('when it has been rising slowly since the baseline, then the weeks in which it rose do not hide it', () => {
    const slowly = (day: number) => (0.5 * Math.max(0, day - 28)) / 84;
    expect(powerOfACheck({ ...plan, weeks: { baseline: 4, later: 12 }, shift: slowly }, 100, 7)).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    ['eight weeks since a baseline of four', { baseline: 4, later: 8 }],
    ['a baseline of twelve weeks', { baseline: 12, later: 0 }],
    ['a baseline of four weeks, day by day', { baseline: 4, later: 0 }],
  ])('when it is by as much as a check with %s says it would just have seen, then about half of them do', (_, weeks) => {
    const wandering = { ...plan, wander: 0.1, weeks };
    const { smallestShift } = manyChecks({ ...wandering, shift: 0 }, 40, 7);
    expect(smallestShift).toBeGreaterThan(0.2);
    const found = powerOfACheck({ ...wandering, shift: smallestShift }, 150, 8);
    expect(found).toBeGreaterThan(0.3);
    expect(found).toBeLessThan(0.8);
  });
});
