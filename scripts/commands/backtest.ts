import type { Command } from 'commander';
import type { Backtest } from '../../domain/backtest/backtest.ts';
import { backtestVerdictInWords } from '../../domain/backtest/backtest-in-words.ts';
import { renderBacktestHtml } from '../../domain/backtest/render-html.ts';
import { renderBacktest } from '../../domain/backtest/render-markdown.ts';
import { runBacktest } from '../backtest/run-backtest.ts';
import { answering, print } from '../models/output.ts';
import { loadPolicyFile } from '../models/policies.ts';
import { writeText } from '../models/write-text.ts';

interface Options {
  readonly policy: string;
  readonly since: string;
  readonly json?: true;
  readonly html?: string;
}

export function backtestCommand(): Command {
  return answering(
    'backtest',
    "Prove a policy on a model's own past, without any server: when it would have alarmed, which alarms the labels confirmed, what it missed, beside two usual rules on the same rows. Nothing is retrained. Exit code 0: it holds; 100: it missed a degradation or has more false alarms than its budget; 1: no labels can tell, or it could not be tested.",
    'anchorwatch backtest --policy anchorwatch.yaml --since 12mo',
  )
    .requiredOption('--policy <file>', 'the policy; its predictions and outcomes are read from files')
    .option('--since <when>', 'where to begin: 12mo, 52w or 365d before the last row, or a day', '12mo')
    .option('--html <file>', 'write one page: no script, no network, to be sent or kept')
    .action(async (options: Options) => {
      const backtest = await runBacktest(loadPolicyFile(options.policy), options.since);
      const written = options.html === undefined ? undefined : await writeText(options.html, renderBacktestHtml(backtest));
      print(
        options,
        { ...backtest, ...(written !== undefined && { written }) },
        written === undefined ? renderBacktest(backtest) : toldBriefly(backtest, written),
      );
      process.exitCode = exitCodes[backtest.verdict];
    });
}

function toldBriefly({ verdict, says }: Backtest, written: string): string {
  return `${backtestVerdictInWords[verdict].word}: ${says[0]}\nWritten: ${written}`;
}

const exitCodes: Readonly<Record<Backtest['verdict'], number>> = { holds: 0, fails: 100, inconclusive: 1 };
