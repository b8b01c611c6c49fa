import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../library/index.ts';
import { Folder } from '../check/tables.ts';

const example = join(import.meta.dirname, '../../examples/churn-nightly');
const policy = join(example, 'anchorwatch.yaml');
const folder = new Folder();

/** Predictions of some nights, each beside what was known of it by a time. */
async function table(name: string, from: string, to: string, by = to): Promise<string> {
  const path = join(folder.path, `${name}.parquet`);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (
    SELECT made.*, known.churned, known.known_at FROM read_parquet('${example}/predictions/*.parquet') made
    LEFT JOIN (SELECT * FROM read_parquet('${example}/outcomes/*.parquet') WHERE known_at < '${by}') known USING (customer_id)
    WHERE scored_at >= '${from}' AND scored_at < '${to}' ORDER BY scored_at, customer_id) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  return path;
}

describe('churn-nightly as two tables, in which a relation was planted to change on 22 April and no input was', () => {
  let baseline: string;
  beforeAll(async () => {
    baseline = await table('stable', '2024-01-01', '2024-03-25', '2024-04-24');
  });
  afterAll(() => folder.remove());

  it('given weeks after the change, when they are checked, then performance alarms as concept drift while no column moved', async () => {
    const report = await check({ baseline, data: await table('after', '2024-04-22', '2024-05-29'), policy });
    expect(report).toMatchObject({ verdict: 'alarm', cause: { kind: 'concept', inputs: 4, moved: [], unclear: [] } });
    expect(report.columns.map(({ verdict }) => verdict)).toEqual(Array(6).fill('steady'));
    expect(report.columns.map(({ column }) => column)).not.toContain('known_at');
    const [drop] = report.performance;
    expect(drop).toMatchObject({ metric: 'rocAuc', rule: 'drop', verdict: 'alarm' });
    expect(drop?.value).toBeCloseTo(0.62, 1);
    expect(drop?.reference).toBeCloseTo(0.8, 2);
    expect(report.errors?.ranges[0]).toMatchObject({ column: 'predicted', where: '= 1' });
    expect(report.errors?.kinds[0]?.kind).toBe('0 taken for 1');
  });

  it('given weeks before it, when they are checked, then all is steady', async () => {
    const report = await check({ baseline, data: await table('before', '2024-03-11', '2024-04-22'), policy });
    expect(report.verdict).toBe('steady');
    expect(report.performance.filter(({ critical }) => critical).map(({ verdict }) => verdict)).toEqual(['steady', 'steady']);
  });
});
