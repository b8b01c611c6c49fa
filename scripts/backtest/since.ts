import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';

const daysPer: Readonly<Record<string, number>> = { d: 1, w: 7 };

/**
 * Where a backtest begins: `12mo`, `52w` or `365d` before the last day of the history, or a day.
 *
 * @throws Error saying how it is written
 */
export function readSince(text: string, last: EventTime): EventTime {
  const [, amount, unit] = /^(\d+) ?(mo|w|d)$/.exec(text.trim()) ?? [];
  if (unit === 'mo') return monthsBefore(last, Number(amount));
  if (unit !== undefined) return plusDays(midnight(last), -Number(amount) * (daysPer[unit] as number));
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return eventTime(text);
  throw new Error(`"${text}" is no beginning. Write how far back to go from the last row, 12mo, 52w or 365d, or a day: 2011-05-29.`);
}

/** The 31st of a month three months before a 31st may not exist: the last day of that month is taken. */
function monthsBefore(last: EventTime, months: number): EventTime {
  const date = new Date(midnight(last));
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, days));
  return eventTime(date);
}

function midnight(time: EventTime): EventTime {
  return eventTime(time.slice(0, 10));
}
