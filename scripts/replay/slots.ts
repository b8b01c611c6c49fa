import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';

const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;
const yearsWithoutSlot = 9;

/**
 * The slots of a Schedule after a time, without end.
 *
 * @param cron five fields in UTC as a policy holds them: `*`, numbers, ranges, steps and lists; 0 and 7 are Sunday. A day must fit all fields
 * @throws RangeError for a schedule that has no slot in nine years, such as 30 February
 */
export function* slotsAfter(cron: string, after: EventTime): Generator<EventTime> {
  const [minutes, hours, days, months, weekdays] = cron.split(' ').map(numbersOf) as [number[], number[], number[], number[], number[]];
  const midnight = eventTime(after.slice(0, 10));
  for (let day = 0, empty = 0; empty < yearsWithoutSlot * 366; day += 1, empty += 1) {
    const date = new Date(plusDays(midnight, day));
    const weekday = date.getUTCDay();
    const isOn = days.includes(date.getUTCDate()) && months.includes(date.getUTCMonth() + 1) && weekdays.some((one) => one % 7 === weekday);
    if (!isOn) continue;
    empty = 0;
    for (const hour of hours) {
      for (const minute of minutes) {
        const slot = eventTime(date.setUTCHours(hour, minute));
        if (slot > after) yield slot;
      }
    }
  }
  throw new RangeError(`"${cron}" has no slot in ${yearsWithoutSlot} years.`);
}

/** Ascending. */
function numbersOf(field: string, index: number): number[] {
  const [least, most] = ranges[index] as readonly [number, number];
  const listed = field.split(',').flatMap((part) => {
    const [range = '*', step] = part.split('/');
    const [from, to] = range === '*' ? [least, most] : range.split('-').map(Number);
    const last = to ?? (step === undefined ? from : most);
    return Array.from({ length: most + 1 }, (_, n) => n).filter(
      (n) => n >= (from as number) && n <= (last as number) && (n - (from as number)) % Number(step ?? 1) === 0,
    );
  });
  return [...new Set(listed)].sort((a, b) => a - b);
}
