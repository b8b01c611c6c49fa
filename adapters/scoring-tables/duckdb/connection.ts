import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Opens an in-memory database; the caller closes it. Times without a zone are UTC. */
export async function openConnection(): Promise<{ readonly connection: DuckDBConnection; readonly close: () => void }> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export async function withConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { connection, close } = await openConnection();
  try {
    return await work(connection);
  } finally {
    close();
  }
}
