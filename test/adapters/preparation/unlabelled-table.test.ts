import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unlabelledTable } from '../../../adapters/preparation/duckdb/unlabelled-table.ts';
import { eventTime } from '../../../domain/identity/event-time.ts';
import type { PreparationOrder } from '../../../domain/training/preparation.port.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeEach(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterEach(() => {
  connection.closeSync();
  instance.closeSync();
});

/** Two records a day of ten days from 1 April, one of them twice; labels are known of one record of each of the first six days. */
async function keep(mostRows: number): Promise<string[]> {
  await connection.run(`CREATE TABLE records AS SELECT i AS place, 'r' || least(i, 19) AS __id,
    epoch_ms(TIMESTAMP '2011-04-01' + INTERVAL (12 * least(i, 19)) HOUR)::DOUBLE AS __time, (i / 2)::VARCHAR AS temp FROM range(21) t(i)`);
  await connection.run(`CREATE TABLE rows AS SELECT strftime(DATE '2011-04-01' + i::INT, '%Y-%m-%d') AS __day FROM range(6) t(i)`);
  const unlabelled = { from: eventTime('2011-04-03'), to: eventTime('2011-04-10'), mostRows };
  await unlabelledTable(connection, { unlabelled } as PreparationOrder, new Map([['temp', 'DOUBLE']]));
  const kept = await connection.runAndReadAll('SELECT __id, temp FROM unlabelled ORDER BY __time');
  return kept.getRows().map(([id, temp]) => `${id} at ${temp}`);
}

describe('rows without a label', () => {
  it('given days of which some rows have a label, then only whole days without any are kept, of the types asked for', async () => {
    expect(await keep(100)).toEqual(['r12 at 6', 'r13 at 6.5', 'r14 at 7', 'r15 at 7.5', 'r16 at 8', 'r17 at 8.5']);
  });

  it('given more than are asked for, then the newest days that fit are kept whole', async () => {
    expect(await keep(5)).toEqual(['r14 at 7', 'r15 at 7.5', 'r16 at 8', 'r17 at 8.5']);
  });
});
