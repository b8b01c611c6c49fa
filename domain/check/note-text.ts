import type { ColumnSample } from '../grid/column-sample.ts';

const takenAs = { time: 'a time, whose age is compared', text: 'text, whose length is compared' } as const;

/** What a reader should know of how a column was read: what it was taken for, and characters in it that could not be read. */
export function noteText(sample: ColumnSample): string[] {
  const { name, of, because } = sample;
  if (of !== undefined && because !== undefined && of !== 'boolean') return [`${name} is taken as ${takenAs[of]}: ${because}.`];
  if (sample.kind === 'numeric' || !sample.values.some((value) => value.includes('\ufffd'))) return [];
  return [`${sample.name} holds characters that could not be read; its file is perhaps not in UTF-8.`];
}
