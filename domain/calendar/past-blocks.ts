import { daysBetween, type EventTime } from '../identity/event-time.ts';
import type { Policy } from '../policy/policy.ts';

/** Tells which block of the past a partition belongs to: 1 is the newest before the window, undefined where it is in none like the window. */
export interface LikeBlocks {
  blockOf(partition: string): number | undefined;
  /** From one block to the next; of months 31. */
  readonly everyDays: number;
  /** What blocks and window have in common, for people. */
  readonly alike: string;
}

/** How the past is cut into blocks a window can be compared with: each of so many days; or only where it is like the window. */
export type PastBlocks = number | LikeBlocks;

const millisecondsPerHour = 3_600_000;
const weekDays = 7;

/**
 * The blocks of the past for a window [from, to) in wall time. In whole weeks all weekdays and hours weigh the same, so there a weekly
 * season changes nothing. Any shorter window is compared with the same stretch of earlier weeks or months: 3 a.m. on Sunday with 3 a.m. on
 * Sundays.
 *
 * - `none`: blocks as long as the window, one before the other
 * - `weekday`, `hourOfWeek`: the window moved back by 7, 14, … days, or, where it is longer than a week, by so many weeks as it begins
 * - `dayOfMonth`: moved back by months likewise; a month that lacks a day lacks it in its block
 */
export function pastBlocks(season: Policy['baseline']['season'], { from, to }: { from: EventTime; to: EventTime }): PastBlocks {
  const days = daysBetween(from, to);
  if (season === 'dayOfMonth') return sameDaysOfMonths(from, to, Math.ceil(days / 31));
  if (season === 'none') return days < 1 ? everySoOften(from, to, days, `of ${Math.round(days * 24)} h`) : days;
  if (days % weekDays === 0) return days;
  const alike = season === 'weekday' ? 'of the same weekdays' : 'of the same hours of the week';
  return everySoOften(from, to, Math.ceil(days / weekDays) * weekDays, alike);
}

/** Days from one block to the next. */
export function everyDays(past: PastBlocks): number {
  return typeof past === 'number' ? past : past.everyDays;
}

/** Which block before a window that begins at `from` a partition belongs to: 1 is the newest; undefined: none. */
export function blockBefore(past: PastBlocks, from: EventTime): (partition: string) => number | undefined {
  if (typeof past !== 'number') return (partition) => past.blockOf(partition);
  return (partition) => {
    const block = Math.ceil((hoursOf(from) - hoursOf(partition)) / (24 * past));
    return block >= 1 ? block : undefined;
  };
}

/** Those of some days that are like the window: all of them where the past is cut without a season. */
export function daysLike<T extends { readonly day: string }>(days: readonly T[], past: PastBlocks): readonly T[] {
  return typeof past === 'number' ? days : days.filter(({ day }) => past.blockOf(day) !== undefined);
}

function everySoOften(from: EventTime, to: EventTime, stepDays: number, alike: string): LikeBlocks {
  const [begin, end] = [hoursOf(from), hoursOf(to)];
  const step = Math.round(stepDays * 24);
  return {
    everyDays: stepDays,
    alike,
    blockOf(partition) {
      const hour = hoursOf(partition);
      const block = Math.ceil((begin - hour) / step);
      return block >= 1 && hour + block * step < end ? block : undefined;
    },
  };
}

function sameDaysOfMonths(from: EventTime, to: EventTime, step: number): LikeBlocks {
  return {
    everyDays: 31 * step,
    alike: 'of the same days of the month',
    blockOf(partition) {
      const time = new Date(partition);
      const begin = new Date(from);
      const months = (begin.getUTCFullYear() - time.getUTCFullYear()) * 12 + begin.getUTCMonth() - time.getUTCMonth();
      for (const later of [months, months + 1]) {
        const moved = movedByMonths(time, later);
        if (later >= 1 && later % step === 0 && moved !== undefined && moved >= from && moved < to) return later / step;
      }
      return undefined;
    },
  };
}

/** Undefined where that month has no such day. */
function movedByMonths(time: Date, months: number): string | undefined {
  const moved = new Date(time);
  moved.setUTCMonth(time.getUTCMonth() + months);
  return moved.getUTCDate() === time.getUTCDate() ? moved.toISOString() : undefined;
}

function hoursOf(time: string): number {
  return Date.parse(time) / millisecondsPerHour;
}
