import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnSample } from '../../../domain/grid/column-sample.ts';
import type { SampleOrder } from '../../../domain/ledger/counting.port.ts';
import type { Answer } from '../../../domain/ledger/outcome-sum.ts';
import { answerOf } from './answer-of.ts';
import type { Batch, Found, Wanted } from './batch.ts';
import { discoverColumns } from './discover-columns.ts';
import { readRows } from './read-rows.ts';

const mostRows = 65_536;

type Row = readonly (Answer | undefined)[];

/**
 * Rows of all files in order, evenly thinned: when the sample is full, every second row of it goes and from then on every second one is
 * taken. The same files give the same sample.
 */
export async function sampleRows(connection: DuckDBConnection, order: SampleOrder): Promise<ColumnSample[]> {
  const wanted = await discoverColumns(connection, order);
  const from = Date.parse(order.window?.from ?? '-271821-04-20T00:00:00.000Z');
  const to = Date.parse(order.window?.to ?? '+275760-09-13T00:00:00.000Z');
  const found: Found = { malformed: 0 };
  let sample: Row[] = [];
  let stride = 1;
  let seen = 0;
  for (const rows of order.rows) {
    for await (const batch of readRows(connection, rows, wanted, found)) {
      for (let row = 0; row < batch.rows; row++) {
        const time = batch.times[row] as number;
        if ((rows.mapping.time !== undefined && !(time >= from && time < to)) || batch.failed?.[row] === 1 || seen++ % stride !== 0)
          continue;
        sample.push(rowOf(batch, row));
        if (sample.length < mostRows) continue;
        sample = sample.filter((_, index) => index % 2 === 0);
        stride *= 2;
      }
    }
  }
  return wanted.map((column, index) => columnSample(column, sample, index));
}

function rowOf(batch: Batch, row: number): Row {
  return batch.columns.map((column) => answerOf(column, row));
}

function columnSample({ name, part, kind }: Wanted, sample: readonly Row[], index: number): ColumnSample {
  const role = part === 'label' ? 'feature' : part;
  const values = sample.map((row) => row[index]);
  if (kind === 'categorical') return { name, role, kind, values: values.filter((value) => typeof value === 'string') };
  return { name, role, kind, values: values.filter((value) => typeof value === 'number') };
}
