import type { Command } from 'commander';
import { answering, print } from '../models/output.ts';
import { reportUntil } from '../models/report-until.ts';
import { inSession, readModelName } from '../models/session.ts';
import { rowsOfReport } from '../models/worst-rows.ts';

export function worstCommand(): Command {
  return answering(
    'worst',
    'The predictions that turned out most wrong in the matured window of a check, by their ids: for a weekly review. Only for those whom the store lets read them.',
    'anchorwatch worst bike-demand --as-of 2011-05-29',
  )
    .argument('<model>')
    .option('--as-of <time>', 'of the last check until then; without it: of the last')
    .action(async (name: string, options: { json?: true; asOf?: string }) => {
      const model = readModelName(name);
      await inSession(async ({ ports }) => {
        const { digest, report } = await reportUntil(ports, model, options.asOf);
        const { worst, says } = await rowsOfReport(ports, report);
        print(options, { model, report: digest, asOf: report.asOf, by: worst?.by, rows: worst?.rows ?? [], says }, says);
      });
    });
}
