import type { Policy } from '../policy/policy.ts';

/**
 * Days between two looks of a schedule in cron's five fields: 7 when it names one weekday, 30 when it names one day of the month, else 1.
 * Several looks a day are one where rows are counted by days: a day is judged when it is complete. Where they are counted by hours, each
 * hour that the schedule names is a look.
 */
export function lookEveryDays(schedule: string, grain: Policy['watch']['grain'] = 'day'): number {
  const [, hours = '*', dayOfMonth = '*', , dayOfWeek = '*'] = schedule.trim().split(/\s+/);
  const looks = grain === 'hour' ? hours.split(',').reduce((sum, part) => sum + hoursNamed(part), 0) : 1;
  if (/^(\d|[A-Za-z]{3})$/.test(dayOfWeek)) return 7 / looks;
  return (/^\d+$/.test(dayOfMonth) ? 30 : 1) / looks;
}

/** Of one item of the field: all, a number or a range, or every so many of these. */
function hoursNamed(part: string): number {
  const [range = '*', every] = part.split('/');
  const [from = 0, to] = range === '*' ? [0, 23] : range.split('-').map(Number);
  const last = to ?? (every === undefined ? from : 23);
  return Math.floor((last - from) / Number(every ?? 1)) + 1;
}
