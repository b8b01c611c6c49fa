import { describe, expect, it } from 'vitest';
import { eventTime } from '../../domain/identity/event-time.ts';
import { slotsAfter } from '../../scripts/replay/slots.ts';

function firstSlots(cron: string, after: string, count: number): string[] {
  const slots = slotsAfter(cron, eventTime(after));
  return Array.from({ length: count }, () => (slots.next().value as string).slice(0, 16));
}

describe('given a schedule as a policy holds it, when its slots are asked for', () => {
  it.each([
    ['0 3 * * *', '2024-02-28T03:00:00Z', ['2024-02-29T03:00', '2024-03-01T03:00']],
    ['0 3 * * 1', '2024-02-28', ['2024-03-04T03:00', '2024-03-11T03:00']],
    ['30 1 * * 7', '2024-02-28', ['2024-03-03T01:30', '2024-03-10T01:30']],
    ['0 * * * *', '2024-02-28T22:30:00Z', ['2024-02-28T23:00', '2024-02-29T00:00']],
    ['15 6-18/12 * * *', '2024-02-28', ['2024-02-28T06:15', '2024-02-28T18:15', '2024-02-29T06:15']],
    ['0 0 31,1 * *', '2024-02-28', ['2024-03-01T00:00', '2024-03-31T00:00', '2024-04-01T00:00']],
    ['0 0 29 2 *', '2024-03-01', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['*/20 5 * * *', '2024-02-28T05:10:00Z', ['2024-02-28T05:20', '2024-02-28T05:40', '2024-02-29T05:00']],
  ])('"%s" after %s', (cron, after, slots) => {
    expect(firstSlots(cron, after, slots.length)).toEqual(slots);
  });

  it('one that has none says so', () => {
    expect(() => firstSlots('0 0 30 2 *', '2024-01-01', 1)).toThrow('"0 0 30 2 *" has no slot in 9 years.');
  });
});
