import { expect, it } from 'vitest';
import { historyBlocks } from '../../domain/statistics/history-blocks.ts';

function days(count: number, rows: (index: number) => number = () => 100) {
  return Array.from({ length: count }, (_, index) => ({
    day: new Date(Date.UTC(2011, 0, 1 + index)).toISOString().slice(0, 10),
    rows: rows(index),
  }));
}
const rowsOf = ({ rows }: { rows: number }) => rows;

it('given 30 weeks of days, when blocks of a week are cut, then the 26 newest are kept and the newest ends with the newest day', () => {
  const history = historyBlocks(days(210), 7, rowsOf);
  if (history.unit === 'none') throw new Error(history.missing);
  expect(history.unit).toBe('window');
  expect(history.blocks).toHaveLength(26);
  expect(history.blocks[0]?.at(-1)?.day).toBe('2011-07-29');
  expect(history.blocks.every((block) => block.length === 7)).toBe(true);
});

it('given four weeks, when blocks of a week are too few, then single days serve', () => {
  const history = historyBlocks(days(28), 7, rowsOf);
  expect(history).toMatchObject({ unit: 'day' });
});

it('given 13 days, then there is nothing to test against and it says how many there are', () => {
  expect(historyBlocks(days(13), 7, rowsOf)).toEqual({ unit: 'none', missing: '14 days of baseline with rows; there are 13' });
});

it('given days without rows and a sliver of a day, then they are no blocks', () => {
  const history = historyBlocks(
    days(20, (index) => (index === 3 ? 0 : index === 4 ? 5 : 100)),
    7,
    rowsOf,
  );
  expect(history.unit === 'none' ? 0 : history.blocks.length).toBe(18);
});
