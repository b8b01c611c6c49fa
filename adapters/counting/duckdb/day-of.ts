const millisecondsPerDay = 86_400_000;
const names = new Map<number, string>();

/** `YYYY-MM-DD` in UTC of an instant in milliseconds since 1970; undefined for NaN. */
export function dayOf(instant: number): string | undefined {
  if (Number.isNaN(instant)) return undefined;
  const day = Math.floor(instant / millisecondsPerDay);
  const known = names.get(day);
  if (known !== undefined) return known;
  const name = new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
  names.set(day, name);
  return name;
}
