import type { Command } from 'commander';
import type { CheckVerdict } from '../../domain/check/check-report.ts';
import { renderCheck } from '../../domain/check/render-check.ts';
import type { Outcome } from '../../domain/identity/outcome.ts';
import { check } from '../../library/check.ts';
import { answering, print } from '../models/output.ts';

interface Options {
  readonly json?: true;
  readonly asOf?: string;
  readonly baseline?: string;
  readonly data?: string;
  readonly time?: string;
  readonly policy?: string;
  readonly allowInconclusive?: true;
}

const examples =
  'anchorwatch check bike-watch --as-of 2011-05-29\n  anchorwatch check --baseline train.parquet --data "today/*.parquet" --time scored_at';

export function checkCommand(): Command {
  return answering(
    'check',
    'Look at a model now, or as of a time; or, without any server, at one table against another. Exit code 0: steady, 100: alarm, 1: inconclusive, or it could not be checked.',
    examples,
  )
    .argument('[model]', 'a maintained model; its check runs on the stack')
    .option('--as-of <time>', 'of a model: look as it would have been seen then')
    .option('--baseline <files>', 'what is normal: Parquet, CSV or NDJSON, a file or a pattern')
    .option('--data <files>', 'what is to be judged; likewise')
    .option('--time <column>', 'event times, so that days are compared with days; without, rows are taken as independent')
    .option('--policy <file>', 'kinds, critical columns, thresholds and false-alarm budget; without, the standard ones')
    .option('--allow-inconclusive', 'exit code 0 when it is inconclusive')
    .action(async (model: string | undefined, options: Options) => {
      const outcome = await looked(model, options);
      process.exitCode = outcome === 'inconclusive' && options.allowInconclusive ? exitCodes.pass : exitCodes[outcome];
    });
}

const exitCodes: Readonly<Record<Outcome, number>> = { pass: 0, fail: 100, inconclusive: 1 };

async function looked(model: string | undefined, options: Options): Promise<Outcome> {
  const { baseline, data, asOf } = options;
  if (model !== undefined && baseline === undefined && data === undefined) {
    const { checkModel } = await import('../models/check-model.ts');
    return checkModel(model, { ...(options.json && { json: true }), ...(asOf !== undefined && { asOf }) });
  }
  if (model !== undefined || baseline === undefined || data === undefined)
    throw new Error(`Name either a maintained model, or both --baseline and --data:\n  ${examples}`);
  return checkFiles({ ...options, baseline, data });
}

async function checkFiles({ baseline, data, time, policy, json }: Options & { baseline: string; data: string }): Promise<Outcome> {
  const report = await check({ baseline, data, ...(time !== undefined && { time }), ...(policy !== undefined && { policy }) });
  print({ ...(json && { json }) }, report, renderCheck(report));
  return outcomes[report.verdict];
}

const outcomes: Readonly<Record<CheckVerdict, Outcome>> = { steady: 'pass', alarm: 'fail', inconclusive: 'inconclusive' };
