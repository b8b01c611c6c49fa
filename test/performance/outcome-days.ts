import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { OutcomeDay } from '../../domain/performance/outcome-day.ts';
import type { OutcomeScale } from '../../domain/performance/outcome-scale.ts';

/** Days of 100 outcomes with these mean absolute errors, from a day on; sums are counted in thousandths. */
export function daysOf(from: string, errors: readonly number[]): OutcomeDay[] {
  return errors.map((error, index) => ({
    day: plusDays(eventTime(from), index).slice(0, 10),
    outcomes: {
      matched: 100,
      absoluteError: String(Math.round(error * 100_000)),
      squaredError: String(Math.round(1.1 * (error * 1000) ** 2) * 100),
      signedError: '0',
    },
  }));
}

export const scale: OutcomeScale = { unit: 0.001, classes: [] };
