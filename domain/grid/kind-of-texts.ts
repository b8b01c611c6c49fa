/** What the texts of a column are taken for, and why. */
export interface KindOfTexts {
  readonly kind: 'boolean' | 'time' | 'text' | 'categorical';
  /** After "is taken as …, for". */
  readonly because: string;
}

const time = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?$/;
const boolean = /^(true|false)$/i;
const wordsOfText = 3;

/**
 * Times when all are ISO instants or days, boolean when all are true or false; text when most differ and they have three words or more on the
 * average, so that a name for each would tell nothing. Categories else, and where there are none.
 *
 * Cost O(characters).
 */
export function kindOfTexts(values: readonly string[]): KindOfTexts {
  if (values.length === 0) return { kind: 'categorical', because: 'it holds no values' };
  if (values.every((value) => time.test(value))) return { kind: 'time', because: 'all its values are days or instants' };
  if (values.every((value) => boolean.test(value))) return { kind: 'boolean', because: 'all its values are true or false' };
  if (new Set(values).size > values.length / 2) {
    const words = values.reduce((sum, value) => sum + value.trim().split(/\s+/).length, 0) / values.length;
    if (words >= wordsOfText) return { kind: 'text', because: `its values have ${Math.round(words)} words on the average and most differ` };
  }
  return { kind: 'categorical', because: 'its values are names' };
}
