import { plusDays } from '../identity/event-time.ts';
import { startOfDay } from '../ledger/start-of-day.ts';
import type { TimeSpan } from '../report/assessment-input.ts';

/** Whole days, as labels are judged: those that end with a window of `windowDays`, or so many days before. */
export function labelWindow(to: TimeSpan['to'], windowDays: number, daysBefore = 0): TimeSpan {
  const end = startOfDay(plusDays(to, -daysBefore));
  return { from: plusDays(end, -Math.ceil(windowDays)), to: end };
}
