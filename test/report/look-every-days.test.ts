import { expect, it } from 'vitest';
import { lookEveryDays } from '../../domain/ledger/look-every-days.ts';

it('given days, when a schedule names several hours, then they are one look', () => {
  expect(['0 3 * * *', '0 * * * *', '0 3 * * 1', '0 3 1 * *'].map((schedule) => lookEveryDays(schedule))).toEqual([1, 1, 7, 30]);
});

it('given hours, when a schedule names several, then each is a look', () => {
  const looks = (schedule: string) => Math.round(1 / lookEveryDays(schedule, 'hour'));
  expect(['0 * * * *', '0 */6 * * *', '0 8-17 * * *', '0 8-17/3 * * *', '0 6,18 * * *', '0 3 * * *', '0 5/6 * * *'].map(looks)).toEqual([
    24, 4, 10, 4, 2, 1, 4,
  ]);
  expect(lookEveryDays('0 6,18 * * 1', 'hour')).toBe(3.5);
});
