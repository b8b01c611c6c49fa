/** The first and the last of so many edges are not looked up in the table: in a heavy tail they would take up its whole range. */
const edgesPerTailEdge = 32;
const slotsPerEdge = 16;
/** The table holds places of edges in 16 bits, so that it stays in the processor's cache. */
const mostTabled = 2 ** 16 - 1;
/** Room for the counts of one column while they are gathered; zeros between. */
const gathered = new Float64Array(4096);

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
  readonly #table: EdgeTable;

  constructor(edges: readonly number[]) {
    this.#table = edgeTable(edges);
  }

  cellOf(value: number): number {
    const { sorted, starts, low, high, scale, first, last } = this.#table;
    return cellIn(sorted, starts, low, high, scale, first, last, value);
  }

  /**
   * Adds the first `rows` values to the counts of their cells. Where they are many they are gathered in one place first: counts of
   * many partitions do not fit into the processor's cache, and are walked through faster than visited here and there.
   */
  countCells(values: Float64Array, rows: number, counts: Float64Array): void {
    const cells = counts.length;
    if (rows < cells || cells > gathered.length) this.#count(values, rows, counts);
    else {
      this.#count(values, rows, gathered);
      for (let cell = 0; cell < cells; cell++) counts[cell] = (counts[cell] as number) + (gathered[cell] as number);
      gathered.fill(0, 0, cells);
    }
  }

  #count(values: Float64Array, rows: number, counts: Float64Array): void {
    const { sorted, starts, low, high, scale, first, last } = this.#table;
    for (let row = 0; row < rows; row++) {
      const cell = cellIn(sorted, starts, low, high, scale, first, last, values[row] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
}

interface EdgeTable {
  /** The edges and, behind them, infinity. */
  readonly sorted: Float64Array;
  /** Of each slot the first edge that may lie in it. */
  readonly starts: Uint16Array;
  /** What the slots span: from the edge at `first` to the one at `last`, excluded. */
  readonly low: number;
  readonly high: number;
  readonly first: number;
  readonly last: number;
  /** Slots per unit of the value. */
  readonly scale: number;
}

function edgeTable(edges: readonly number[]): EdgeTable {
  const [first, last] = tabled(edges);
  const [low, high] = [edges[first] ?? 0, edges[last] ?? 0];
  const slots = slotsPerEdge * (last - first);
  const scale = slots / (high - low);
  /** Rounding may lead behind the last slot, which is there twice. */
  const starts = new Uint16Array(slots + 2).fill(last);
  for (let slot = 0, edge = first; slot <= slots; slot++) {
    while (edge < last && slotOf(edges[edge] as number, low, scale) < slot) edge++;
    starts[slot] = edge;
  }
  return { sorted: Float64Array.from([...edges, Number.POSITIVE_INFINITY]), starts, low, high, first, last, scale };
}

function slotOf(value: number, low: number, scale: number): number {
  return ((value - low) * scale) | 0;
}

/** Its arguments stand alone, and the sum is one of whole numbers of 32 bits, because this is run for every number there is. */
function cellIn(
  sorted: Float64Array,
  starts: Uint16Array,
  low: number,
  high: number,
  scale: number,
  first: number,
  last: number,
  value: number,
): number {
  if (!(value >= low)) return bisect(sorted, value, 0, first);
  if (value >= high) return bisect(sorted, value, last, sorted.length - 1);
  const start = starts[slotOf(value, low, scale)] as number;
  const cell = (start + (Number((sorted[start] as number) <= value) | 0)) | 0;
  return (sorted[cell] as number) > value ? cell : bisect(sorted, value, cell + 1, last);
}

/** Between which edges the table lies; nowhere when they are too many, or their distance is too large or too small to be divided. */
function tabled(edges: readonly number[]): [first: number, last: number] {
  const tail = Math.floor(edges.length / edgesPerTailEdge);
  const last = Math.max(tail, edges.length - 1 - tail);
  const scale = (slotsPerEdge * (last - tail)) / ((edges[last] ?? 0) - (edges[tail] ?? 0));
  return Number.isFinite(scale) && scale > 0 && edges.length <= mostTabled ? [tail, last] : [tail, tail];
}

/** The first of the edges from `from` to `to` that lies above the value; `to` when none before it does. Without a branch that could be foretold wrongly. */
function bisect(sorted: Float64Array, value: number, from: number, to: number): number {
  let low = from | 0;
  let left = (to - from) | 0;
  while (left > 0) {
    const half = (left + 1) >> 1;
    low = (low + Math.imul(Number((sorted[low + half - 1] as number) <= value) | 0, half)) | 0;
    left = (left - half) | 0;
  }
  return low;
}
