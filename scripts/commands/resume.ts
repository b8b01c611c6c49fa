import type { Command } from 'commander';
import { give } from '../models/entity.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName, whoAmI } from '../models/session.ts';

export function resumeCommand(): Command {
  return answering('resume', 'End a pause, or say that what needed attention was seen to.', 'anchorwatch resume bike-demand')
    .argument('<model>')
    .action(async (name: string, options: { json?: true }) => {
      const model = readModelName(name);
      const answer = await inSession((session) => give(session, model, { kind: 'resumed', who: whoAmI() }));
      print(options, { model, ...answer }, answer.awaited);
    });
}
