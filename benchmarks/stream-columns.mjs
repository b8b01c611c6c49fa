import { DuckDBInstance } from '@duckdb/node-api';

/** Takes every column of the files named out of DuckDB, chunk by chunk, and does nothing with them: what reading alone costs. */
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
for (const path of process.argv.slice(2)) {
  const result = await connection.stream(`SELECT * FROM read_parquet('${path}')`);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk())
    for (let column = 0; column < chunk.columnCount; column++) chunk.getColumnVector(column);
}
