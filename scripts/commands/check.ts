import type { Command } from 'commander';
import type { CheckVerdict } from '../../domain/check/check-report.ts';
import { renderCheck } from '../../domain/check/render-check.ts';
import type { Outcome } from '../../domain/identity/outcome.ts';
import { answering, print } from '../models/output.ts';
import { checkTables, modelOrTables, type TableOptions, withTableOptions } from '../tables/table-options.ts';

interface Options extends TableOptions {
  readonly json?: true;
  readonly allowInconclusive?: true;
}

const examples =
  'anchorwatch check bike-watch --as-of 2011-05-29\n  anchorwatch check --baseline train.parquet --data "today/*.parquet" --time scored_at\n  anchorwatch check --baseline train.json --data today.parquet        # train.json: see anchorwatch profile --help';

export function checkCommand(): Command {
  const command = answering(
    'check',
    'Look at a model now, or as of a time; or, without any server, at one table against another. Exit code 0: steady, 100: alarm, 1: inconclusive, or it could not be checked.',
    examples,
  )
    .argument('[model]', 'a maintained model; its check runs on the stack')
    .option(
      '--as-of <time>',
      'of a model: look as it would have been seen then; of tables: when they were taken, which says whose labels have matured',
    );
  return withTableOptions(command)
    .option('--allow-inconclusive', 'exit code 0 when it is inconclusive')
    .action(async (model: string | undefined, options: Options) => {
      const outcome = await looked(model, options);
      process.exitCode = outcome === 'inconclusive' && options.allowInconclusive ? exitCodes.pass : exitCodes[outcome];
    });
}

const exitCodes: Readonly<Record<Outcome, number>> = { pass: 0, fail: 100, inconclusive: 1 };

async function looked(model: string | undefined, options: Options): Promise<Outcome> {
  const { asOf, json } = options;
  const subject = modelOrTables(model, options, examples);
  if ('model' in subject) {
    const { checkModel } = await import('../models/check-model.ts');
    return checkModel(subject.model, { ...(json && { json }), ...(asOf !== undefined && { asOf }) });
  }
  const report = await checkTables(subject.tables);
  print({ ...(json && { json }) }, report, renderCheck(report));
  return outcomes[report.verdict];
}

const outcomes: Readonly<Record<CheckVerdict, Outcome>> = { steady: 'pass', alarm: 'fail', inconclusive: 'inconclusive' };
