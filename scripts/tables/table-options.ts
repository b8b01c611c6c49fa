import type { Command } from 'commander';
import type { CheckReport } from '../../domain/check/check-report.ts';
import { check } from '../../library/check.ts';
import { readTime } from '../models/read-time.ts';

export interface TableOptions {
  readonly baseline?: string;
  readonly data?: string;
  readonly time?: string;
  readonly policy?: string;
  /** When they were taken. */
  readonly asOf?: string;
}

/** Two tables, named. */
export type GivenTables = TableOptions & { readonly baseline: string; readonly data: string };

/** The options by which a command takes one table against another. */
export function withTableOptions(command: Command): Command {
  return command
    .option('--baseline <files>', 'what is normal: Parquet, CSV or NDJSON, a file or a pattern; or a profile (.json)')
    .option('--data <files>', 'what is to be judged: a file or a pattern')
    .option('--time <column>', 'event times, so that days are compared with days; without, rows are taken as independent')
    .option(
      '--policy <file>',
      'kinds, critical columns, thresholds and false-alarm budget; without, the standard ones. With the label it names, performance is judged too',
    );
}

/** @throws Error with the examples unless either a model is named or both tables are */
export function modelOrTables<Options extends TableOptions>(
  model: string | undefined,
  options: Options,
  examples: string,
): { readonly model: string } | { readonly tables: Options & GivenTables } {
  const { baseline, data } = options;
  if (model !== undefined && baseline === undefined && data === undefined) return { model };
  if (model === undefined && baseline !== undefined && data !== undefined) return { tables: { ...options, baseline, data } };
  throw new Error(`Name either a maintained model, or both --baseline and --data:\n  ${examples}`);
}

export async function checkTables({ baseline, data, time, policy, asOf }: GivenTables): Promise<CheckReport> {
  return check({
    baseline,
    data,
    ...(time !== undefined && { time }),
    ...(policy !== undefined && { policy }),
    ...(asOf !== undefined && { asOf: new Date(readTime(asOf)) }),
  });
}
