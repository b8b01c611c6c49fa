/** A number as people read it: four significant digits, thousands apart, no exponent for ordinary sizes. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(2);
  return Number(value.toPrecision(size >= 1000 ? Math.ceil(Math.log10(size + 1)) : 4)).toLocaleString('en-GB', {
    maximumFractionDigits: 8,
  });
}
