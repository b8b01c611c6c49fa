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

interface Added {
  readonly measures?: readonly Measure[];
  readonly classScores?: readonly { readonly column: string }[];
}

/** The columns of one source that are read for measures and scores of classes, each once, ascending. */
export function measuredColumns({ measures = [], classScores = [] }: Added, of: MeasuredColumn['in']): string[] {
  const columns = measures.flatMap(({ sum, per }) => (per === 'day' ? [sum] : [sum, per]));
  const scored = of === 'predictions' ? classScores.map(({ column }) => column) : [];
  return [...new Set([...columns.flatMap((one) => (one.in === of ? [one.column] : [])), ...scored])].sort();
}
