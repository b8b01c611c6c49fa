/** A column of numbers beside the predictions, or beside the outcomes. */
export interface MeasuredColumn {
  readonly in: 'predictions' | 'outcomes';
  readonly column: string;
}

/** What people declare to be measured besides how right predictions are: a ratio of two columns' sums, or one column's sum a day. */
export interface Measure {
  readonly name: string;
  readonly better: 'higher' | 'lower';
  readonly sum: MeasuredColumn;
  readonly per: MeasuredColumn | 'day';
}

/** The columns of one source that measures are made of, each once, ascending. */
export function measuredColumns(measures: readonly Measure[], of: MeasuredColumn['in']): string[] {
  const columns = measures.flatMap(({ sum, per }) => (per === 'day' ? [sum] : [sum, per]));
  return [...new Set(columns.flatMap((one) => (one.in === of ? [one.column] : [])))].sort();
}
