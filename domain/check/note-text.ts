import type { ColumnSample } from '../grid/column-sample.ts';

/** What is odd about the texts of a column: characters that could not be read stand in them. */
export function noteText(sample: ColumnSample): string[] {
  if (sample.kind === 'numeric' || !sample.values.some((value) => value.includes('\ufffd'))) return [];
  return [`${sample.name} holds characters that could not be read; its file is perhaps not in UTF-8.`];
}
