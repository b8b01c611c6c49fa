import type { ColumnSample } from '../grid/column-sample.ts';
import { kindOfTexts } from '../grid/kind-of-texts.ts';
import { numbersAsText } from './numbers-as-text.ts';

/** What the values of a column are when they measure nothing. */
export type SampleLook = 'times' | 'wholeNumberIds' | 'textIds' | 'numbersAsText';

/** Of fewer rows nothing is said: that they all differ is chance. */
const fewestRows = 30;
const nameOfAnId = /(^|[\s_.-])(id|ID|Id)$|[a-z]I[dD]$/;

/**
 * Times (text), or ids of which the sample holds each once: text or, by the column's name, whole numbers; or numbers that are written as text and
 * mostly differ, so that as names they tell nothing. Undefined for all others.
 *
 * Cost O(sample).
 */
export function lookOf(sample: ColumnSample): SampleLook | undefined {
  if (sample.kind === 'numeric') return isId(sample) ? 'wholeNumberIds' : undefined;
  if (kindOfTexts(sample.values).kind === 'time') return 'times';
  if (mostlyDiffer(sample.values) && numbersAsText(sample.values) !== undefined) return 'numbersAsText';
  return allDiffer(sample) ? 'textIds' : undefined;
}

function isId(sample: ColumnSample & { readonly kind: 'numeric' }): boolean {
  return nameOfAnId.test(sample.name) && sample.values.every((value) => Number.isInteger(value)) && allDiffer(sample);
}

function mostlyDiffer(values: readonly string[]): boolean {
  return values.length >= fewestRows && new Set(values).size > values.length / 2;
}

/** Ends at the first value that stood there before. */
function allDiffer({ values }: ColumnSample): boolean {
  const seen = new Set<number | string>();
  for (const value of values) {
    if (seen.has(value)) return false;
    seen.add(value);
  }
  return values.length >= fewestRows;
}
