import { rowsPerBatch } from './batch.ts';

/** Where the rows of the batch at hand that are counted together begin in {@link order}, how many they are, and where the next one goes. */
export interface Run {
  from: number;
  count: number;
  next: number;
  /** Its first and last row in the batch. */
  first: number;
  last: number;
}

/** A run that is divided into runs of its leaves. */
export interface Home extends Run {
  readonly leaves: ReadonlyMap<number, Run>;
}

export function emptyRun(): Run {
  return { from: 0, count: 0, next: 0, first: 0, last: 0 };
}

/** Working space of one batch: places of its rows, side by side those of each run; and the run each row goes to. */
export const order = new Int32Array(rowsPerBatch);
const runs = new Array<Run | undefined>(rowsPerBatch).fill(undefined);

/**
 * Puts the rows of each home side by side in {@link order}, within it those of each leaf.
 *
 * @param homeOf a row; undefined: it is left out
 * @param leafOf a row within its home; the home itself where its rows are not told apart
 * @returns the homes that have rows
 */
export function dealRows<H extends Home>(rows: number, homeOf: (row: number) => H | undefined, leafOf: (home: H, row: number) => Run): H[] {
  const homes = new Set<H>();
  for (let row = 0; row < rows; row++) {
    const home = homeOf(row);
    const run = home && leafOf(home, row);
    runs[row] = run;
    if (home === undefined || run === undefined) continue;
    if (home.count === 0) homes.add(home);
    deal(home, row);
    if (run !== home) deal(run, row);
  }
  let from = 0;
  for (const home of homes) {
    let within = from;
    for (const leaf of home.leaves.values()) within = beginAt(leaf, within);
    from = beginAt(home, from);
  }
  for (let row = 0; row < rows; row++) {
    const run = runs[row];
    if (run !== undefined) order[run.next++] = row;
  }
  return [...homes];
}

function deal(run: Run, row: number): void {
  if (run.count++ === 0) run.first = row;
  run.last = row;
}

/** @returns where the run ends */
function beginAt(run: Run, from: number): number {
  run.from = from;
  run.next = from;
  return from + run.count;
}
