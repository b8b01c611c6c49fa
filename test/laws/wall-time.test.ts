import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantOf, wallTime } from '../../domain/calendar/wall-time.ts';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';

const zones = ['UTC', 'Europe/Paris', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Chatham'];
const zone = fc.constantFrom(...zones);
const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }).map((date) => eventTime(date));

const law = (says: string, holds: (time: EventTime, timezone: string) => void) =>
  it(says, () => fc.assert(fc.property(instant, zone, holds), { numRuns: 300 }));

law('a time that clocks show is shown at its instant, which is the first of those that show it', (time, timezone) => {
  const wall = wallTime(time, timezone);
  const found = instantOf(wall, timezone);
  expect(wallTime(found, timezone)).toBe(wall);
  expect(Date.parse(time) - Date.parse(found)).toBeOneOf([0, 1_800_000, 3_600_000]);
});

law('no clock is a day off, and each agrees with the formatter of the platform', (time, timezone) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' });
  expect(wallTime(time, timezone).slice(0, 19).replace('T', ', ')).toBe(format.format(new Date(time)));
});
