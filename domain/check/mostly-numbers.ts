const mostly = 0.9;

/** Whether nine of ten texts, where there are any, can be read as a number. */
export function areMostlyNumbers(values: readonly string[]): boolean {
  return values.length > 0 && values.filter(isNumber).length >= mostly * values.length;
}

function isNumber(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value));
}
