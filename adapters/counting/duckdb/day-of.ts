const millisecondsPerDay = 86_400_000;
/** Years 1 to 9999, which are written with four digits. */
const [first, last] = [Date.parse('0001-01-01'), Date.parse('9999-12-31T23:59:59.999Z')];
const names = new Map<number, string>();
/** The day that was asked for last: rows of one day mostly come together. */
let latest = { day: Number.NaN, name: '' };

/** `YYYY-MM-DD` in UTC of an instant in milliseconds since 1970; undefined for NaN and for years no calendar of ours holds. */
export function dayOf(instant: number): string | undefined {
  if (!(instant >= first && instant <= last)) return undefined;
  const day = Math.floor(instant / millisecondsPerDay);
  if (day !== latest.day) latest = { day, name: nameOf(day) };
  return latest.name;
}

function nameOf(day: number): string {
  const known = names.get(day);
  if (known !== undefined) return known;
  const name = new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
  names.set(day, name);
  return name;
}
