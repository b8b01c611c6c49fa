import type { Command } from 'commander';
import { answering, print } from '../models/output.ts';
import { regridModel } from '../models/regrid-model.ts';
import { inSession, readModelName, whoAmI } from '../models/session.ts';

export function baselineRegridCommand(): Command {
  return answering(
    'regrid',
    'Cut the grid of a model anew: cells, categories, segments and new columns. Its baseline is counted again on it, and what was reported stays. Checks ask for it by themselves when the grid no longer fits. Exit code 1: there is nothing to cut, and why.',
    'anchorwatch baseline regrid bike-watch --reason "prices are in cents now"',
  )
    .argument('<model>')
    .requiredOption('--reason <text>', 'why, for the record')
    .action(async (name: string, options: { json?: true; reason: string }) => {
      const model = readModelName(name);
      const report = await inSession((session) => regridModel(session, model, `${whoAmI()}: ${options.reason}.`));
      const counted = report.segmentsCounted === 0 ? '' : ` ${report.segmentsCounted} segments were counted on it.`;
      print(options, { model, ...report }, `${report.says}${counted}`);
      process.exitCode = report.outcome === 'pass' ? 0 : 1;
    });
}
