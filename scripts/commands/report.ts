import type { Command } from 'commander';
import type { CheckReport } from '../../domain/check/check-report.ts';
import type { Report } from '../../domain/report/report.ts';
import { renderHtml } from '../../domain/report-page/html/render-html.ts';
import { renderMarkdown } from '../../domain/report-page/markdown/render-markdown.ts';
import type { Page } from '../../domain/report-page/page.ts';
import { pageOfCheck } from '../../domain/report-page/page-of-check.ts';
import { answering, print } from '../models/output.ts';
import { writeText } from '../models/write-text.ts';
import { checkTables, modelOrTables, type TableOptions, withTableOptions } from '../tables/table-options.ts';

interface Options extends TableOptions {
  readonly json?: true;
  readonly html?: string;
  readonly markdown?: string;
}

interface Told {
  readonly report: Report | CheckReport;
  readonly page: Page;
}

const examples =
  'anchorwatch report bike-watch --html bike-watch.html\n  anchorwatch report --baseline train.parquet --data "today/*.parquet" --time scored_at --html today.html';

export function reportCommand(): Command {
  const command = answering(
    'report',
    'What the last check of a model found or, without any server, what one table shows against another: one HTML page that needs nothing else, or Markdown. Exit code 0 whatever was found; for a verdict there is check.',
    examples,
  ).argument('[model]', 'a maintained model; its last report is read');
  return withTableOptions(command)
    .option('--as-of <time>', 'of tables: when they were taken, which says whose labels have matured')
    .option('--html <file>', 'write one page: no script, no network, to be sent or kept')
    .option('--markdown <file>', 'write Markdown; without a file it is printed')
    .action(async (model: string | undefined, options: Options) => {
      const { report, page } = await told(model, options);
      const markdown = renderMarkdown(page);
      const written = {
        ...(options.html !== undefined && { html: await writeText(options.html, renderHtml(page)) }),
        ...(options.markdown !== undefined && { markdown: await writeText(options.markdown, markdown) }),
      };
      const paths = Object.values(written);
      print(options, { report, written }, paths.length === 0 ? markdown : paths.map((path) => `Written: ${path}`).join('\n'));
    });
}

async function told(model: string | undefined, options: Options): Promise<Told> {
  const subject = modelOrTables(model, options, examples);
  if ('tables' in subject) {
    const report = await checkTables(subject.tables);
    return { report, page: pageOfCheck(report, subject.tables) };
  }
  if (options.asOf !== undefined)
    throw new Error(
      `--as-of is for two tables here; of a model its last report is told. To look at it as of another time: anchorwatch check ${subject.model} --as-of ${options.asOf}.`,
    );
  const { lastReport } = await import('../models/last-report.ts');
  const { pageOfReport } = await import('../../domain/report-page/page-of-report.ts');
  const report = await lastReport(subject.model);
  return { report, page: pageOfReport(report) };
}
