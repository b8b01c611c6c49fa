/** The first and the last of so many edges are not looked up in the table: in a heavy tail they would take up its whole range. */
const edgesPerTailEdge = 32;
const slotsPerEdge = 4;

/** @returns what finds the cell of a value among ascending edges, see CellFinder */
export function cellFinder(edges: readonly number[]): (value: number) => number {
  const finder = new CellFinder(edges);
  return (value) => finder.cellOf(value);
}

/**
 * Finds cells of values among ascending edges: cell i holds [edge i-1, edge i).
 *
 * A uniform table over the range of all but the outermost edges points near the right cell, then a step or two along the edges finds
 * it: about one comparison a value, whatever the number of cells. Where many edges crowd, and in the tails, their number is halved
 * again and again. Exact for every finite value.
 *
 * Cost O(edges) once; O(1) a value on edges that follow the data, never more than O(log edges).
 */
export class CellFinder {
  readonly #sorted: Float64Array;
  readonly #first: number;
  readonly #last: number;
  readonly #low: number;
  readonly #high: number;
  readonly #slots: number;
  readonly #scale: number;
  readonly #starts: Int32Array;

  constructor(edges: readonly number[]) {
    const [first, last] = tabled(edges);
    this.#sorted = Float64Array.from([...edges, Number.POSITIVE_INFINITY]);
    this.#first = first;
    this.#last = last;
    this.#low = edges[first] ?? 0;
    this.#high = edges[last] ?? 0;
    this.#slots = slotsPerEdge * (last - first);
    this.#scale = this.#slots / (this.#high - this.#low);
    this.#starts = new Int32Array(this.#slots + 1).fill(last);
    let edge = first;
    for (let slot = 0; slot < this.#slots; slot++) {
      while (edge < last && this.#slotOf(this.#sorted[edge] as number) < slot) edge++;
      this.#starts[slot] = edge;
    }
  }

  cellOf(value: number): number {
    const sorted = this.#sorted;
    if (!(value >= this.#low)) return bisect(sorted, value, 0, this.#first);
    if (value >= this.#high) return bisect(sorted, value, this.#last, sorted.length - 1);
    const slot = this.#slotOf(value);
    let cell = this.#starts[slot] as number;
    cell += Number((sorted[cell] as number) <= value);
    return (sorted[cell] as number) > value ? cell : bisect(sorted, value, cell + 1, this.#starts[slot + 1] as number);
  }

  /** Adds the first `rows` values to the counts of their cells. */
  countCells(values: Float64Array, rows: number, counts: Float64Array): void {
    for (let row = 0; row < rows; row++) {
      const cell = this.cellOf(values[row] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }

  /** Rounding may lead behind the last slot. */
  #slotOf(value: number): number {
    const slot = ((value - this.#low) * this.#scale) | 0;
    return slot < this.#slots ? slot : this.#slots - 1;
  }
}

/** Between which edges the table lies; nowhere when their distance is too large or too small to be divided. */
function tabled(edges: readonly number[]): [first: number, last: number] {
  const tail = Math.floor(edges.length / edgesPerTailEdge);
  const last = Math.max(tail, edges.length - 1 - tail);
  const scale = (slotsPerEdge * (last - tail)) / ((edges[last] ?? 0) - (edges[tail] ?? 0));
  return Number.isFinite(scale) && scale > 0 ? [tail, last] : [tail, tail];
}

/** The first of the edges from `from` to `to` that lies above the value; `to` when none before it does. */
function bisect(sorted: Float64Array, value: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
