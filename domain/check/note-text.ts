import type { ColumnSample } from '../grid/column-sample.ts';
import { numbersAsText } from './numbers-as-text.ts';

const takenAs = { time: 'a time, whose age is compared', text: 'text, whose length is compared' } as const;

/** What a reader should know of how a column was read: what it was taken for, numbers that could not be read as such, and characters that could not. */
export function noteText(sample: ColumnSample): string[] {
  const { name, of, because } = sample;
  if (of !== undefined && because !== undefined && of !== 'boolean') return [`${name} is taken as ${takenAs[of]}: ${because}.`];
  if (sample.kind === 'numeric') return [];
  const numbers = numbersAsText(sample.values);
  if (numbers !== undefined) {
    const { written, readable } = numbers.example;
    return [
      `${name} holds numbers written with ${numbers.with}, such as "${written}": they are read as text, not as numbers. Write them with a point and nothing else, as ${readable}.`,
    ];
  }
  if (!sample.values.some((value) => value.includes('\ufffd'))) return [];
  return [`${sample.name} holds characters that could not be read; its file is perhaps not in UTF-8.`];
}
