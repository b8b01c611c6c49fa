import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnSample } from '../../../domain/grid/column-sample.ts';
import { type KindOfTexts, kindOfTexts } from '../../../domain/grid/kind-of-texts.ts';
import type { SampleOrder } from '../../../domain/ledger/counting.port.ts';
import { absent, type Batch, type Found, rowsPerBatch, type Values, type Wanted, wrongType } from './batch.ts';
import { discoverColumns } from './discover-columns.ts';
import { readRows } from './read-rows.ts';
import { readTable } from './read-table.ts';
import { thinningsOf } from './thinning.ts';

const mostRows = 65_536;

/**
 * Rows of all files in order, evenly thinned: when the sample is full, every second row of it goes and from then on every second one is
 * taken. The same files give the same sample.
 * Texts that are times, texts of many words or booleans are told from names by the sample itself, which is then read once more. Of Parquet files no other rows are read, where it can be told beforehand which they are.
 */
export async function sampleRows(connection: DuckDBConnection, order: SampleOrder): Promise<ColumnSample[]> {
  const samples = await sampleAs(connection, order);
  const taken = new Map(samples.flatMap((sample) => takenFor(sample, order)));
  const isMeasured = [...taken.values()].some(({ kind }) => kind !== 'boolean');
  const declared = { ...order.declared, ...Object.fromEntries([...taken].map(([name, { kind }]) => [name, kind])) };
  const again = isMeasured ? await sampleAs(connection, { ...order, declared }) : samples;
  return again.map((sample) => {
    const found = taken.get(sample.name);
    if (found === undefined || sample.role !== 'feature') return sample;
    const because = found.because;
    return sample.kind === 'categorical' ? { ...sample, of: 'boolean', because } : { ...sample, because };
  });
}

/** Features whose texts are more than names. Ages need the rows' own times. */
function takenFor(sample: ColumnSample, { declared, rows }: SampleOrder): [string, KindOfTexts][] {
  if (sample.kind === 'numeric' || sample.role !== 'feature' || Object.hasOwn(declared, sample.name)) return [];
  const found = kindOfTexts(sample.values);
  if (found.kind === 'categorical' || (found.kind === 'time' && rows.some(({ mapping }) => mapping.time === undefined))) return [];
  return [[sample.name, found]];
}

async function sampleAs(connection: DuckDBConnection, order: SampleOrder): Promise<ColumnSample[]> {
  const wanted = await discoverColumns(connection, order);
  const sample = new Sample(wanted);
  const from = Date.parse(order.window?.from ?? '-271821-04-20T00:00:00.000Z');
  const to = Date.parse(order.window?.to ?? '+275760-09-13T00:00:00.000Z');
  const found: Found = { malformed: 0 };
  const thinnings = await thinningsOf(connection, order, mostRows);
  for (const [file, rows] of order.rows.entries()) {
    const thinning = thinnings?.[file];
    const read = thinning === undefined ? readRows(connection, rows, wanted, found) : readTable(connection, rows, wanted, found, thinning);
    for await (const batch of read) {
      sample.add(batch, (row) => {
        const time = batch.times[row] as number;
        return (rows.mapping.time === undefined || (time >= from && time < to)) && batch.failed?.[row] !== 1;
      });
    }
  }
  return sample.columns();
}

class Sample {
  readonly #columns: readonly SampledColumn[];
  /** Of the batch at hand the rows that are taken. */
  readonly #taken = new Int32Array(rowsPerBatch);
  #rows = 0;
  #stride = 1;
  #seen = 0;

  constructor(wanted: readonly Wanted[]) {
    this.#columns = wanted.map((column) => (column.kind === 'numeric' ? new SampledNumbers(column) : new SampledTexts(column)));
  }

  add(batch: Batch, isMeant: (row: number) => boolean): void {
    let taken = 0;
    for (let row = 0; row < batch.rows; row++) {
      if (!isMeant(row) || this.#seen++ % this.#stride !== 0) continue;
      this.#taken[taken++] = row;
      if (this.#rows + taken < mostRows) continue;
      this.#keep(batch, taken);
      this.#halve();
      taken = 0;
    }
    this.#keep(batch, taken);
  }

  #keep(batch: Batch, taken: number): void {
    const rows = this.#taken.subarray(0, taken);
    for (const [index, column] of this.#columns.entries()) column.keep(this.#rows, batch.columns[index] as Values, rows);
    this.#rows += taken;
  }

  #halve(): void {
    this.#rows /= 2;
    this.#stride *= 2;
    for (const column of this.#columns) column.halve(this.#rows);
  }

  columns(): ColumnSample[] {
    return this.#columns.map((column) => column.sample(this.#rows));
  }
}

interface SampledColumn {
  /** Keeps the values of some rows from a place on. */
  keep(place: number, values: Values, rows: Int32Array): void;
  /** Keeps every second value, so that `places` are left. */
  halve(places: number): void;
  sample(places: number): ColumnSample;
}

class SampledNumbers implements SampledColumn {
  readonly #column: Wanted;
  /** NaN: no number. */
  readonly #values = new Float64Array(mostRows);

  constructor(column: Wanted) {
    this.#column = column;
  }

  keep(place: number, values: Values, rows: Int32Array): void {
    if (values.kind !== 'numeric') throw new TypeError('a column is sampled as what it was read as');
    for (let at = 0; at < rows.length; at++) {
      const value = values.values[rows[at] as number] as number;
      this.#values[place + at] = value > wrongType && value < absent ? value : Number.NaN;
    }
  }

  halve(places: number): void {
    for (let place = 0; place < places; place++) this.#values[place] = this.#values[2 * place] as number;
  }

  sample(places: number): ColumnSample {
    const { name, part, of } = this.#column;
    const values = numbersAmong(this.#values, places);
    return { name, role: roleOf(part), kind: 'numeric', ...((of === 'time' || of === 'text') && { of }), values };
  }
}

/** In a loop: a typed array's own filter takes ten times as long. */
function numbersAmong(values: Float64Array, places: number): Float64Array {
  const numbers = new Float64Array(places);
  let kept = 0;
  for (let place = 0; place < places; place++) {
    const value = values[place] as number;
    if (!Number.isNaN(value)) numbers[kept++] = value;
  }
  return numbers.subarray(0, kept);
}

class SampledTexts implements SampledColumn {
  readonly #column: Wanted;
  readonly #values: (string | undefined)[] = [];

  constructor(column: Wanted) {
    this.#column = column;
  }

  keep(place: number, values: Values, rows: Int32Array): void {
    if (values.kind !== 'categorical') throw new TypeError('a column is sampled as what it was read as');
    for (let at = 0; at < rows.length; at++) this.#values[place + at] = values.texts[values.codes[rows[at] as number] as number];
  }

  halve(places: number): void {
    for (let place = 0; place < places; place++) this.#values[place] = this.#values[2 * place];
    this.#values.length = places;
  }

  sample(places: number): ColumnSample {
    const { name, part, of } = this.#column;
    const values = this.#values.slice(0, places).filter((value) => value !== undefined);
    return { name, role: roleOf(part), kind: 'categorical', ...(of === 'boolean' && { of }), values };
  }
}

function roleOf(part: Wanted['part']): ColumnSample['role'] {
  return part === 'label' ? 'feature' : part;
}
