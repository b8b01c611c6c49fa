import {
  BLOB,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  VARCHAR,
} from '@duckdb/node-api';
import type { Answer } from '../../../domain/ledger/outcome-sum.ts';
import { literal } from './sql.ts';

/** Columns that only some slices have. */
export type ToldColumn = 'score' | 'leaf' | 'cells' | 'query' | 'measured';

interface SliceRow {
  /** Of the row in its segment. */
  readonly place: number;
  readonly id: string;
  readonly day: string;
  readonly version: string;
  readonly answer: Answer;
}

const types: Readonly<Record<ToldColumn, DuckDBType>> = {
  score: DOUBLE,
  leaf: INTEGER,
  cells: BLOB,
  query: VARCHAR,
  measured: LIST(DOUBLE),
};
const rowsPerChunk = 2048;

/** The rows of a slice before they are written, in a table of a connection's own; chunk by chunk, which spares a call for each value. */
export class SliceTable {
  readonly #connection: DuckDBConnection;
  readonly #appender: DuckDBAppender;
  readonly #told: readonly ToldColumn[];
  readonly #types: readonly DuckDBType[];
  /** Names of few days and versions: rows have their places, from 1 on. */
  readonly #days = new Names();
  readonly #versions = new Names();
  #columns: DuckDBValue[][];

  static async create(connection: DuckDBConnection, told: readonly ToldColumn[]): Promise<SliceTable> {
    const others = told.map((name) => `, ${name} ${types[name]}`).join('');
    await connection.run(
      `CREATE TEMP TABLE slice (place DOUBLE, id VARCHAR, day INTEGER, version INTEGER, number DOUBLE, text VARCHAR${others})`,
    );
    return new SliceTable(connection, await connection.createAppender('slice'), told);
  }

  private constructor(connection: DuckDBConnection, appender: DuckDBAppender, told: readonly ToldColumn[]) {
    this.#connection = connection;
    this.#appender = appender;
    this.#told = told;
    this.#types = [DOUBLE, VARCHAR, INTEGER, INTEGER, DOUBLE, VARCHAR, ...told.map((name) => types[name])];
    this.#columns = this.#types.map(() => []);
  }

  /** @param others what the columns that only some slices have hold in the row, in their order */
  add({ place, id, day, version, answer }: SliceRow, others: readonly ((row: number) => DuckDBValue)[], row: number): void {
    const [places, ids, days, versions, numbers, texts] = this.#columns as [DuckDBValue[], ...DuckDBValue[][]];
    places.push(place);
    ids?.push(id);
    days?.push(this.#days.placeOf(day));
    versions?.push(this.#versions.placeOf(version));
    numbers?.push(typeof answer === 'number' ? answer : null);
    texts?.push(typeof answer === 'string' ? answer : null);
    for (const [index, value] of others.entries()) this.#columns[6 + index]?.push(value(row));
    if (places.length === rowsPerChunk) this.#flush();
  }

  /** Writes the first or the last row of each id as Parquet. */
  async copyTo(path: string, kept: 'first' | 'last'): Promise<void> {
    this.#flush();
    this.#appender.closeSync();
    const place = kept === 'first' ? 'min(place)' : 'max(place)';
    const columns = [
      'id',
      `${this.#days.sql('day')} AS day`,
      `${this.#versions.sql('version')} AS version`,
      'number',
      'text',
      ...this.#told,
    ];
    await this.#connection.run(
      `COPY (SELECT ${columns.join(', ')} FROM slice WHERE place IN (SELECT ${place} FROM slice GROUP BY id))
       TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  }

  #flush(): void {
    const rows = this.#columns[0]?.length ?? 0;
    if (rows === 0) return;
    const chunk = DuckDBDataChunk.create(this.#types, rows);
    chunk.setColumns(this.#columns);
    this.#appender.appendDataChunk(chunk);
    this.#columns = this.#types.map(() => []);
  }
}

/** Names by their places in a list, from 1 on as DuckDB counts. */
class Names {
  readonly #places = new Map<string, number>();

  placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.#places.size + 1);
    return this.#places.size;
  }

  sql(column: string): string {
    return `list_extract([${[...this.#places.keys()].map(literal).join(', ')}]::VARCHAR[], ${column})`;
  }
}
