import type { Command } from 'commander';
import type { DecisionId } from '../../domain/identity/names.ts';
import { give, modelTime } from '../models/entity.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName, whoAmI } from '../models/session.ts';

export function applyDecisionCommand(): Command {
  return answering(
    'apply-decision',
    'In mode advise: do what was decided. A decision that a newer one has replaced is refused.',
    'anchorwatch apply-decision bike-demand 2011-05-09T00:00:00.000Z-3f9c2a7b41d0',
  )
    .argument('<model>')
    .argument('<decision>')
    .action(async (name: string, decision: string, options: { json?: true }) => {
      const model = readModelName(name);
      const answer = await inSession(async (session) =>
        give(session, model, {
          kind: 'decision-accepted',
          decision: decision as DecisionId,
          who: whoAmI(),
          asOf: await modelTime(session, model),
        }),
      );
      print(options, { model, ...answer }, answer.awaited);
    });
}
