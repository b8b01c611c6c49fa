import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';

/**
 * The slots of a daily or weekly Schedule after a time, without end.
 * @param cron `minute hour * * *` or `minute hour * * weekday` in UTC, 0 is Sunday
 * @throws Error for any other form: a replay has to know the slots ahead, Temporal tells them only for the future
 */
export function* slotsAfter(cron: string, after: EventTime): Generator<EventTime> {
  const parts = /^(\d+) (\d+) \* \* (\*|\d)$/.exec(cron);
  if (parts === null) throw new Error(`a replay knows daily and weekly schedules only, not "${cron}"`);
  const [, minute, hour, weekday] = parts;
  const midnight = eventTime(`${after.slice(0, 10)}T00:00:00.000Z`);
  for (let day = 0; ; day += 1) {
    const date = new Date(plusDays(midnight, day));
    if (weekday !== '*' && date.getUTCDay() !== Number(weekday) % 7) continue;
    const slot = eventTime(date.setUTCHours(Number(hour), Number(minute)));
    if (slot > after) yield slot;
  }
}
