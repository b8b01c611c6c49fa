/**
 * Days between two looks of a schedule in cron's five fields: 7 when it names one weekday, 30 when it names one day of the month, else 1.
 * Several looks a day are one: a day is judged when it is complete.
 */
export function lookEveryDays(schedule: string): number {
  const [, , dayOfMonth = '*', , dayOfWeek = '*'] = schedule.trim().split(/\s+/);
  if (/^(\d|[A-Za-z]{3})$/.test(dayOfWeek)) return 7;
  return /^\d+$/.test(dayOfMonth) ? 30 : 1;
}
