const missed: string[] = [];

/** A line of a table. */
export function row(first: string, cells: readonly string[]): void {
  console.log(`  ${first.padEnd(52)}${cells.map((cell) => cell.padStart(14)).join('')}`);
}

/** What is measured, marked where it is not what it must be. */
export function held(says: string, measured: number, holds: boolean): string {
  if (!holds) missed.push(says);
  return `${short(measured)}${holds ? '' : ' ✗'}`;
}

export function short(measured: number): string {
  return String(Number(measured.toPrecision(3)));
}

/** All that was not what it must be; whether there was nothing. */
export function tellMissed(): boolean {
  console.log(missed.length === 0 ? '\nAll as it must be.' : `\nNot as it must be:\n${missed.map((says) => `  ${says}`).join('\n')}`);
  return missed.length === 0;
}
