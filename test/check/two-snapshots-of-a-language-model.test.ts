import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../library/index.ts';
import { emptyFolder } from '../empty-folder.ts';
import { sharedData } from '../shared-data.ts';

const sensitive = sharedData('llmdrift/SENSITIVEQ_EVAL.csv');
const coding = sharedData('llmdrift/LEETCODE_EASY_EVAL.csv');

/** The same prompts, answered by two dated snapshots of GPT-4 (Chen, Zaharia and Zou 2023). */
describe.skipIf(sensitive === undefined || coding === undefined)(
  'given answers of two snapshots of one model (skipped where the shared data are absent)',
  () => {
    const folder = emptyFolder();
    let database: DuckDBInstance;

    beforeAll(async () => {
      database = await DuckDBInstance.create(':memory:');
    });
    afterAll(() => database.closeSync());

    const compare = async (file: string, columns: string) => {
      const connection = await database.connect();
      const [baseline, data] = ['gpt-4-0314', 'gpt-4-0613'].map((model) => ({ model, path: join(folder, `${model}.parquet`) })) as [
        Snapshot,
        Snapshot,
      ];
      for (const { model, path } of [baseline, data])
        await connection.run(`copy (select ${columns} from read_csv('${file}') where model = 'openaichat/${model}') to '${path}'`);
      connection.closeSync();
      const report = await check({ baseline: baseline.path, data: data.path });
      return { verdict: report.verdict, columns: Object.fromEntries(report.columns.map(({ column, verdict }) => [column, verdict])) };
    };

    it('when sensitive questions are compared, then the length of answers and the share refused are what moved', async () => {
      const columns = `length(answer) as answer_length, case when "Response Rate" = 1 then 'answered' else 'refused' end as refusal`;
      expect(await compare(sensitive as string, columns)).toEqual({
        verdict: 'alarm',
        columns: { answer_length: 'alarm', refusal: 'alarm' },
      });
    });

    it('when programming tasks are compared, then the share of usable answers is', async () => {
      const columns = `length(answer) as answer_length, case when "Directly Usable" = 1 then 'right' else 'wrong' end as correctness`;
      expect(await compare(coding as string, columns)).toEqual({
        verdict: 'alarm',
        columns: { answer_length: 'steady', correctness: 'alarm' },
      });
    });
  },
);

interface Snapshot {
  readonly model: string;
  readonly path: string;
}
