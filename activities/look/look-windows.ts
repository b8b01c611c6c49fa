import { type EventTime, plusDays } from '../../domain/identity/event-time.ts';
import { startOfDay } from '../../domain/ledger/start-of-day.ts';
import { startOfHour } from '../../domain/ledger/start-of-hour.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { TimeSpan } from '../../domain/report/assessment-input.ts';

/**
 * What a look judges, in wall time: the last whole days or hours before `now`, and those whose labels have matured. Labels are judged by whole
 * days, also where inputs are by hours: in one hour they are too few.
 */
export function lookWindows(now: EventTime, { watch, labels }: Policy): { window: TimeSpan; maturedWindow: TimeSpan } {
  const to = watch.grain === 'hour' ? startOfHour(now) : startOfDay(now);
  const maturedTo = startOfDay(plusDays(now, -labels.maturesAfterDays));
  const maturedDays = watch.grain === 'hour' ? Math.ceil(watch.windowDays) : watch.windowDays;
  return {
    window: { from: plusDays(to, -watch.windowDays), to },
    maturedWindow: { from: plusDays(maturedTo, -maturedDays), to: maturedTo },
  };
}
