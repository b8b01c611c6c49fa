import type { OutcomeDay } from '../../domain/performance/outcome-day.ts';
import { daysOf } from '../performance/outcome-days.ts';

export interface ErrorPlan {
  readonly weeks: number;
  readonly rowsADay: number;
  /** Standard deviation of what all rows of a day share, relative to their mean error. */
  readonly dayWander: number;
  /** How much that is like the day before: a correlation. */
  readonly alike?: number;
  /** And of what all rows of a week share. */
  readonly weekWander?: number;
  /** What a time, in weeks from the first day, makes of the mean error: a factor. */
  readonly factor?: (week: number) => number;
}

/** Days like this one begin here. */
export const firstDay = '2024-01-01';
const meanError = 30;
/** Of the error of a row, relative to the mean. */
const scatter = 0.75;
const weekend = 1.05;

/** Mean errors of one model, day by day. */
export function daysOfErrors(plan: ErrorPlan, normal: () => number): OutcomeDay[] {
  const { weeks, rowsADay, dayWander, alike = 0, weekWander = 0, factor = () => 1 } = plan;
  let ofDay = normal();
  const errors = Array.from({ length: weeks }, (_, week) => {
    const ofWeek = weekWander * normal();
    return Array.from({ length: 7 }, (_, weekday) => {
      ofDay = alike * ofDay + Math.sqrt(1 - alike ** 2) * normal();
      const level = meanError * (weekday >= 5 ? weekend : 1) * factor(week + weekday / 7);
      return level * (1 + dayWander * ofDay + ofWeek + (scatter * normal()) / Math.sqrt(rowsADay));
    });
  });
  return daysOf(firstDay, errors.flat());
}
