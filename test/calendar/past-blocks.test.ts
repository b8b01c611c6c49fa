import { describe, expect, it } from 'vitest';
import { daysLike, type LikeBlocks, pastBlocks } from '../../domain/calendar/past-blocks.ts';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { historyBlocks } from '../../domain/statistics/history-blocks.ts';

const span = (from: string, to: string) => ({ from: eventTime(from), to: eventTime(to) });
const like = (season: Policy['baseline']['season'], window: { from: EventTime; to: EventTime }) => pastBlocks(season, window) as LikeBlocks;
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ day: new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10), rows: 9 }));

describe('given a window', () => {
  it('when it has whole weeks or no season is named, then blocks are as long as it', () => {
    expect(pastBlocks('none', span('2024-03-01', '2024-03-04'))).toBe(3);
    expect(pastBlocks('weekday', span('2024-03-01', '2024-03-15'))).toBe(14);
  });

  it('when it is a Friday and Saturday, then Fridays and Saturdays are like it, week by week', () => {
    const blocks = like('weekday', span('2024-03-01', '2024-03-03'));
    expect(['2024-03-01', '2024-02-28', '2024-02-24', '2024-02-23', '2024-02-22', '2024-02-17'].map(blocks.blockOf)).toEqual([
      undefined,
      undefined,
      1,
      1,
      undefined,
      2,
    ]);
  });

  it('when it is an hour, then the same hour of each week is like it', () => {
    const blocks = like('hourOfWeek', span('2024-03-03T03:00Z', '2024-03-03T04:00Z'));
    expect(['2024-03-02T03:00Z', '2024-02-25T03:00Z', '2024-02-25T04:00Z', '2024-02-18T03:00Z'].map(blocks.blockOf)).toEqual([
      undefined,
      1,
      undefined,
      2,
    ]);
  });

  it('when days of the month recur, then a month without such a day has no block', () => {
    const blocks = like('dayOfMonth', span('2024-03-30', '2024-04-01'));
    expect(['2024-03-01', '2024-02-29', '2024-01-31', '2024-01-30', '2024-01-29', '2023-12-30'].map(blocks.blockOf)).toEqual([
      undefined,
      undefined,
      2,
      2,
      undefined,
      3,
    ]);
    const across = like('dayOfMonth', span('2024-02-28', '2024-03-02'));
    expect(['2024-01-28', '2024-01-30', '2024-02-01'].map(across.blockOf)).toEqual([1, undefined, 1]);
  });

  it('when the past is cut, then blocks are newest first, and with fewer than eight it is said what is missing', () => {
    const window = span('2024-03-04', '2024-03-05');
    const blocks = pastBlocks('weekday', window);
    const rowsOf = ({ rows }: { rows: number }) => rows;
    const mondays = historyBlocks(days('2023-12-31', 63), blocks, rowsOf);
    expect(mondays.unit === 'window' && mondays.blocks.map((block) => block.map(({ day }) => day))).toEqual(
      ['2024-02-26', '2024-02-19', '2024-02-12', '2024-02-05', '2024-01-29', '2024-01-22', '2024-01-15', '2024-01-08', '2024-01-01'].map(
        (day) => [day],
      ),
    );
    expect(historyBlocks(days('2024-02-01', 28), blocks, rowsOf)).toEqual({
      unit: 'none',
      missing: '8 blocks of baseline of the same weekdays; there are 4',
    });
    expect(daysLike(days('2024-02-01', 28), blocks)).toHaveLength(4);
  });
});
