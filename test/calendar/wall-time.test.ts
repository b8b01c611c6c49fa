import { describe, expect, it } from 'vitest';
import { instantOf, isTimezone, wallTime } from '../../domain/calendar/wall-time.ts';
import { eventTime } from '../../domain/identity/event-time.ts';

const shown = (instant: string, timezone: string) => wallTime(eventTime(instant), timezone).slice(0, 16);
const instant = (wall: string, timezone: string) => instantOf(eventTime(wall), timezone).slice(0, 16);

describe('given the clocks of a zone', () => {
  it('when they are looked at, then they show what people there read', () => {
    expect(shown('2024-03-31T00:59:00Z', 'Europe/Paris')).toBe('2024-03-31T01:59');
    expect(shown('2024-03-31T01:00:00Z', 'Europe/Paris')).toBe('2024-03-31T03:00');
    expect(shown('2024-01-01T00:00:00Z', 'Asia/Kolkata')).toBe('2024-01-01T05:30');
    expect(shown('2024-01-01T00:00:00Z', 'America/St_Johns')).toBe('2023-12-31T20:30');
    expect(shown('2011-12-30T10:00:00Z', 'Pacific/Apia')).toBe('2011-12-31T00:00');
  });

  it('when a day begins, then it does so at midnight, or when midnight would have been', () => {
    expect(instant('2024-03-31', 'Europe/Paris')).toBe('2024-03-30T23:00');
    expect(instant('2024-04-01', 'Europe/Paris')).toBe('2024-03-31T22:00');
    expect(instant('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00');
    expect(instant('2024-10-27T02:30Z', 'Europe/Paris')).toBe('2024-10-27T00:30');
  });

  it('when the zone is UTC, then nothing is changed, and what is no zone is told', () => {
    const time = eventTime('2024-03-31T01:02:03.004Z');
    expect([wallTime(time, 'UTC'), instantOf(time, 'UTC')]).toEqual([time, time]);
    expect([isTimezone('Europe/Paris'), isTimezone('Europe/Atlantis'), isTimezone('')]).toEqual([true, false, false]);
  });
});
