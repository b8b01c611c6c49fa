/** Under so many matured rows no metric is judged. */
export const fewestMaturedRows = 30;

export function lackingRows(rows: number): string {
  return `${fewestMaturedRows} matured rows with outcomes; there are ${rows}`;
}
