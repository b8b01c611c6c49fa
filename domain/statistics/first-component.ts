const squarings = 12;

type Matrix = readonly (readonly number[])[];

/**
 * Scores of the first principal component: how far each row of a table lies along the direction in which the rows differ most from zero.
 * The sign is the one that makes the score furthest from zero a positive one.
 *
 * @param rows of equal length, already centred and scaled as they are to be compared
 * @returns one score a row, their sum of squares the largest eigenvalue of u'u; zeros when no row differs from zero
 *
 * By the matrix's own powers: where two directions are alike, one between them is found. Cost O(columns^2 (rows + columns)).
 * Source: Hotelling, "Analysis of a complex of statistical variables into principal components", 1933.
 */
export function firstComponent(rows: Matrix): number[] {
  let power = scaled(products(transposed(rows)));
  for (let turn = 0; turn < squarings; turn += 1) power = scaled(products(power));
  const longest = power.reduce((best, column) => (dot(column, column) > dot(best, best) ? column : best), power[0] ?? []);
  const length = Math.sqrt(dot(longest, longest));
  const scores = rows.map((row) => (length === 0 ? 0 : dot(row, longest) / length));
  const furthest = scores.reduce((most, score) => (Math.abs(score) > Math.abs(most) ? score : most), 0);
  return furthest < 0 ? scores.map((score) => -score) : scores;
}

/** Products of all pairs of rows. */
function products(rows: Matrix): number[][] {
  return rows.map((one) => rows.map((other) => dot(one, other)));
}

function transposed(rows: Matrix): number[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] as number));
}

/** With a trace of one, so that powers neither vanish nor overflow. */
function scaled(matrix: Matrix): Matrix {
  const trace = matrix.reduce((sum, row, at) => sum + (row[at] as number), 0);
  return trace === 0 ? matrix : matrix.map((row) => row.map((value) => value / trace));
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (const [at, value] of a.entries()) sum += value * (b[at] as number);
  return sum;
}
