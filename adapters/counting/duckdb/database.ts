import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** One DuckDB in memory for this process's work, opened when it is first needed. */
export class Database {
  readonly #threads: number;
  #instance: Promise<DuckDBInstance> | undefined;

  constructor(threads: number) {
    this.#threads = threads;
  }

  /** A connection of its own for one piece of work; temporary tables and rejected lines are the connection's. */
  async connected<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    this.#instance ??= DuckDBInstance.create(':memory:', { threads: String(this.#threads) });
    const connection = await (await this.#instance).connect();
    try {
      await connection.run("SET TimeZone = 'UTC'");
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  }
}
