import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type LikeBlocks, pastBlocks } from '../../domain/calendar/past-blocks.ts';
import { eventTime } from '../../domain/identity/event-time.ts';

const hour = 3_600_000;
const start = Date.UTC(2023, 0, 1);
const at = (hours: number) => `${new Date(start + hours * hour).toISOString().slice(0, 16)}Z`;
const hours = fc.integer({ min: 0, max: 20_000 });
const length = fc.integer({ min: 1, max: 400 }).filter((span) => span % 168 !== 0);
const season = fc.constantFrom('weekday' as const, 'hourOfWeek' as const);

it('an hour of a block, moved on by its weeks, is an hour of the window; every other hour is of no block', () =>
  fc.assert(
    fc.property(hours, length, hours, season, (from, span, partition, recurs) => {
      const blocks = pastBlocks(recurs, { from: eventTime(at(from)), to: eventTime(at(from + span)) }) as LikeBlocks;
      const step = Math.ceil(span / 168) * 168;
      const block = blocks.blockOf(at(partition));
      const moved = Array.from({ length: 200 }, (_, index) => partition + (index + 1) * step);
      const expected = moved.findIndex((later) => later >= from && later < from + span) + 1;
      expect(block).toBe(partition < from && expected > 0 ? expected : undefined);
    }),
    { numRuns: 300 },
  ));

it('days of a block have the numbers of the window’s days', () =>
  fc.assert(
    fc.property(fc.integer({ min: 500, max: 900 }), fc.integer({ min: 1, max: 20 }), (from, span) => {
      const [begin, end] = [eventTime(at(24 * from)), eventTime(at(24 * (from + span)))];
      const blocks = pastBlocks('dayOfMonth', { from: begin, to: end }) as LikeBlocks;
      const numbers = Array.from({ length: span }, (_, day) => at(24 * (from + day)).slice(8, 10));
      for (let day = from - 400; day < from; day++) {
        const block = blocks.blockOf(at(24 * day).slice(0, 10));
        if (block !== undefined) expect(numbers).toContain(at(24 * day).slice(8, 10));
      }
    }),
    { numRuns: 50 },
  ));
