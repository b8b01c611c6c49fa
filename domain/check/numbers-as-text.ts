/** Texts that are numbers to people and not to a program. */
export interface NumbersAsText {
  /** After "numbers written with": `a decimal comma`, `a percent sign and a currency`. */
  readonly with: string;
  /** The first of them, as it stands there and as it can be read. */
  readonly example: { readonly written: string; readonly readable: string };
}

const nearlyAll = 0.9;
const whole = String.raw`(?:0|[1-9]\d*)`;
const grouped = (separator: string) => String.raw`[1-9]\d{0,2}(?:${separator}\d{3})+`;
const [byDots, bySpaces, byCommas] = [grouped(String.raw`\.`), grouped("[ '’]"), grouped(',')];
const decimalComma = new RegExp(String.raw`^(?:${whole}|${byDots}|${bySpaces}),\d+$`);
const thousands = new RegExp(String.raw`^(?:${byCommas}|${bySpaces})(?:\.\d+)?$|^${byDots}$`);
const point = /^\d+(?:\.\d+)?$|^\.\d+$/;
const currency = /^(?:\p{Sc}|[A-Z]{3}\b)\s*|\s*(?:\p{Sc}|\b[A-Z]{3})$/u;
/** What most columns of names and ids hold, and no number does. */
const isNone = /[a-z_/:]|^\D*$/;
const percent = /\s*%$/;

/**
 * Whether nearly all texts are numbers, some of them written as no program reads them: with a decimal comma, with separators of thousands, a
 * percent sign or a currency. `1,234` is a thousand and more unless another text of the column shows that the comma is its point.
 *
 * Cost O(characters).
 */
export function numbersAsText(values: readonly string[]): NumbersAsText | undefined {
  const candidates = values.filter((value) => !isNone.test(value));
  if (candidates.length < nearlyAll * values.length) return undefined;
  const texts = candidates.map(partsOf);
  const isDecimalComma = texts.some(({ digits }) => decimalComma.test(digits) && !thousands.test(digits));
  const numbers = texts.filter(({ digits }) => point.test(digits) || decimalComma.test(digits) || thousands.test(digits));
  const odd = numbers.filter(({ written, digits }) => !point.test(digits) || percent.test(written) || currency.test(written));
  const [first] = odd;
  if (first === undefined || numbers.length < nearlyAll * values.length) return undefined;
  const isCommaDecimal = ({ digits }: Parts) => isDecimalComma && decimalComma.test(digits);
  const traits: readonly (readonly [string, (parts: Parts) => boolean])[] = [
    ['a decimal comma', isCommaDecimal],
    ['separators of thousands', (parts) => /[ '’]/.test(parts.digits) || (!isCommaDecimal(parts) && thousands.test(parts.digits))],
    ['a percent sign', ({ written }) => percent.test(written)],
    ['a currency', ({ written }) => currency.test(written)],
  ];
  return {
    with: traits.flatMap(([name, holds]) => (odd.some(holds) ? [name] : [])).join(' and '),
    example: { written: first.written, readable: readableOf(first, isDecimalComma) },
  };
}

interface Parts {
  readonly written: string;
  readonly sign: string;
  /** Without sign, currency and percent sign. */
  readonly digits: string;
}

function partsOf(value: string): Parts {
  const written = value.trim();
  const plain = written.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('\u2212', '-');
  const sign = /^\D*-/.test(plain) ? '-' : '';
  const digits = plain
    .replace(percent, '')
    .replace(/^[+-]\s*/, '')
    .replace(currency, '')
    .replace(/^[+-]\s*/, '');
  return { written, sign, digits };
}

function readableOf({ sign, digits }: Parts, isDecimalComma: boolean): string {
  const spaceless = digits.replaceAll(/[ '’]/g, '');
  const isGroupedByDots = isDecimalComma || spaceless.indexOf('.') !== spaceless.lastIndexOf('.');
  const dotless = isGroupedByDots ? spaceless.replaceAll('.', '') : spaceless;
  return sign + (isDecimalComma ? dotless.replace(',', '.') : dotless.replaceAll(',', ''));
}
