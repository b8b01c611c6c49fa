type Value = string | number | boolean;

/** True is 1; text is read as a number, NaN where it is none. */
export function asNumber(value: Value): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value.toString().trim() === '' ? Number.NaN : Number(value);
}

/** One name for one class: 1, "1", "1.0", true and "true" are "1". */
export function className(value: Value): string {
  if (value === 'true' || value === 'false') return value === 'true' ? '1' : '0';
  const number = asNumber(value);
  return Number.isNaN(number) ? String(value) : String(number);
}
