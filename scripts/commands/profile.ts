import { resolve } from 'node:path';
import type { Command } from 'commander';
import { writeProfileFile } from '../../adapters/profile-file/profile-file.ts';
import { carriesOutcomes } from '../../domain/check/counted-table.ts';
import { labelledRows } from '../../domain/check/say-outcomes.ts';
import type { TableProfile } from '../../domain/check/table-profile.ts';
import { profile } from '../../library/profile.ts';
import { answering, print } from '../models/output.ts';

interface Options {
  readonly output: string;
  readonly time?: string;
  readonly policy?: string;
  readonly json?: true;
}

const examples =
  'anchorwatch profile "past/*.parquet" --time scored_at --output past.json\n  anchorwatch check --baseline past.json --data today.parquet';

export function profileCommand(): Command {
  return answering(
    'profile',
    'Count a table once and keep the counts, so that checks against it need not read it again. Without any server. Rows are not in the file, but names of categories and smallest and largest numbers are.',
    examples,
  )
    .argument('<files>', 'Parquet, CSV or NDJSON, a file or a pattern')
    .requiredOption('--output <file>', 'where the counts are written; its name must end in .json')
    .option('--time <column>', 'event times, so that days are compared with days; without, rows are taken as independent')
    .option('--policy <file>', 'kinds, ignored columns, segments, and the columns of score and outcome; give the same one to check')
    .action(async (data: string, { output, time, policy, json }: Options) => {
      if (!output.endsWith('.json')) throw new Error(`${output}: the name of a profile must end in .json.`);
      const counted = await profile({ data, ...(time !== undefined && { time }), ...(policy !== undefined && { policy }) });
      const path = resolve(output);
      await writeProfileFile(path, counted);
      const rows = rowsOf(counted);
      const columns = counted.grid.columns.length;
      const { anomalies } = counted.table;
      const labelled = carriesOutcomes(counted.table) ? labelledRows(counted.table.partitions) : undefined;
      print(
        { ...(json && { json }) },
        { written: path, rows, columns, ...(labelled !== undefined && { labelled }), anomalies, notes: counted.notes },
        told(path, counted, { rows, columns, labelled }),
      );
    });
}

function rowsOf({ table }: TableProfile): number {
  return table.partitions.reduce((sum, { rows }) => sum + rows, 0);
}

interface Told {
  readonly rows: number;
  readonly columns: number;
  readonly labelled: number | undefined;
}

function told(path: string, { table, notes }: TableProfile, { rows, columns, labelled }: Told): string {
  const lost = Object.entries(table.anomalies).map(([kind, count]) => `${kind}: ${count}.`);
  const outcomes = labelled === undefined ? '' : `, ${labelled} of them with an outcome`;
  return [`Written: ${path}, the counts of ${rows} rows in ${columns} columns${outcomes}.`, ...lost, ...notes].join('\n');
}
