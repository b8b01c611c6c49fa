import type { Command } from 'commander';
import { give } from '../models/entity.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName, whoAmI } from '../models/session.ts';

export function pauseCommand(): Command {
  return answering('pause', 'Keep watching, decide nothing.', 'anchorwatch pause bike-demand --reason "warehouse is being moved"')
    .argument('<model>')
    .requiredOption('--reason <text>', 'why, for the record')
    .action(async (name: string, options: { json?: true; reason: string }) => {
      const model = readModelName(name);
      const answer = await inSession((session) => give(session, model, { kind: 'paused', who: whoAmI(), reason: options.reason }));
      print(options, { model, ...answer }, answer.awaited);
    });
}
