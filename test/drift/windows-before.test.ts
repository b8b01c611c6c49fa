import { describe, expect, it } from 'vitest';
import { pastBlocks } from '../../domain/calendar/past-blocks.ts';
import { earliestBefore, windowsBefore } from '../../domain/drift/windows-before.ts';
import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Version } from '../../domain/identity/names.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { version } from '../report/watched-model.ts';

const counts = (cells: readonly number[]) => ({ cells, nulls: 1, notANumber: 0, typeErrors: 0, newCategories: { rare: 1 } });
const partition = (day: string, by = version): Partition => ({
  day,
  version: by,
  rows: 4,
  columns: { plan: counts([2, 1]) },
  slices: { 'country = DE': { rows: 1, columns: { plan: counts([1, 0]) } } },
  outcomes: { matched: 3 },
});
const daysFrom = (from: EventTime, count: number, by = version) =>
  Array.from({ length: count }, (_, at) => partition(plusDays(from, at).slice(0, 10), by));
const week = { from: eventTime('2011-03-01'), to: eventTime('2011-03-08') };

describe('given days before a window of a week', () => {
  const since = eventTime('2011-02-03');
  const before = windowsBefore(7, week, since);
  before.add(daysFrom(eventTime('2011-01-20'), 45));
  const windows = before.windows();

  it('when they are summed, then into whole weeks after the baseline, newest first, and the days of the window are in none', () => {
    expect(windows.map((one) => one.map(({ day, rows }) => [day, rows]))).toEqual([
      [['2011-02-22', 28]],
      [['2011-02-15', 28]],
      [['2011-02-08', 28]],
    ]);
  });

  it('when one is looked at, then it has columns and slices, summed, and neither outcomes nor new names', () => {
    const summed = (cells: readonly number[]) => ({ cells, nulls: 7, notANumber: 0, typeErrors: 0 });
    expect(windows[0]?.[0]).toEqual({
      day: '2011-02-22',
      version,
      rows: 28,
      columns: { plan: summed([14, 7]) },
      slices: { 'country = DE': { rows: 7, columns: { plan: summed([7, 0]) } } },
    });
  });

  it('when they come in another order and in parts, then the sums are the same', () => {
    const again = windowsBefore(7, week, since);
    for (const one of daysFrom(eventTime('2011-01-20'), 45).toReversed()) again.add([one]);
    expect(again.windows()).toEqual(windows);
  });
});

it('given two versions and a week without rows, then each version has its sum, and the week stands empty', () => {
  const before = windowsBefore(7, week, eventTime('2011-01-01'));
  before.add([
    ...daysFrom(eventTime('2011-02-08'), 7),
    ...daysFrom(eventTime('2011-02-22'), 7),
    ...daysFrom(eventTime('2011-02-22'), 7, '4' as Version),
  ]);
  expect(before.windows().map((one) => one.map(({ version: by, rows }) => [by, rows]))).toEqual([
    [
      [version, 28],
      ['4', 28],
    ],
    [],
    [[version, 28]],
  ]);
});

it('given a window of a Friday, then Fridays of earlier weeks are summed, and no other day', () => {
  const friday = { from: eventTime('2024-03-01'), to: eventTime('2024-03-02') };
  const before = windowsBefore(pastBlocks('weekday', friday), friday, eventTime('2024-02-10'));
  before.add(daysFrom(eventTime('2024-02-01'), 29));
  expect(before.windows().map((one) => one.map(({ day }) => day))).toEqual([['2024-02-23'], ['2024-02-16']]);
});

it('given a baseline that ends within an hourly stretch, then the stretch that it cuts is in none', () => {
  const night = { from: eventTime('2024-03-05T00:00Z'), to: eventTime('2024-03-05T06:00Z') };
  const before = windowsBefore(pastBlocks('none', night), night, eventTime('2024-03-04T03:00Z'));
  before.add(Array.from({ length: 24 }, (_, hour) => partition(`2024-03-04T${String(hour).padStart(2, '0')}:00Z`)));
  expect(before.windows().map((one) => one[0]?.rows)).toEqual([24, 24, 24]);
});

it('given how far a test asks back, then it is 26 blocks, a year at most, and never before the baseline ends', () => {
  const long = eventTime('2001-01-01');
  expect(earliestBefore(7, week, long)).toBe(plusDays(week.from, -182));
  expect(earliestBefore(28, week, long)).toBe(plusDays(week.from, -364));
  expect(earliestBefore(pastBlocks('weekday', { from: week.from, to: plusDays(week.from, 1) }), week, long)).toBe(
    plusDays(week.from, -182),
  );
  expect(earliestBefore(7, week, eventTime('2011-02-03'))).toBe(eventTime('2011-02-03'));
});
