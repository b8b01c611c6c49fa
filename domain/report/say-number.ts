/** Three significant digits, never an exponent within the sizes people read: 82.4, 0.0123, 1,530. */
export function sayNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e9 || size < 1e-4) return shortExponent(value, 3);
  return size >= 100 ? groupThousands(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** A p-value as people write it: 0.03, 4e-6. */
export function sayP(pValue: number): string {
  if (pValue < 1e-15) return '0 (under 1e-15)';
  return pValue < 1e-3 ? shortExponent(pValue, 1) : String(Number(pValue.toPrecision(2)));
}

/** A share as a percentage: 12.5%. */
export function sayShare(share: number): string {
  return `${sayNumber(share * 100)}%`;
}

function shortExponent(value: number, digits: number): string {
  return value.toExponential(digits - 1).replace('e+', 'e');
}

function groupThousands(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
