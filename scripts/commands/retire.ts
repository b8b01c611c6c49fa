import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ModelName } from '../../domain/identity/names.ts';
import { entityOf, give } from '../models/entity.ts';
import { dropCheckSchedule } from '../models/maintain.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName, type Session, whoAmI } from '../models/session.ts';

const endsWithinMilliseconds = 30_000;

export function retireCommand(): Command {
  return answering(
    'retire',
    'End the maintenance of a model. Its versions, records and traffic stay as they are.',
    'anchorwatch retire bike-demand --reason "replaced by demand-v2"',
  )
    .argument('<model>')
    .requiredOption('--reason <text>', 'why, for the record')
    .action(async (name: string, options: { json?: true; reason: string }) => {
      const model = readModelName(name);
      await inSession(async (session) => {
        await give(session, model, { kind: 'retired', who: whoAmI(), reason: options.reason });
        await dropCheckSchedule(session, { model });
        await ended(session, model);
      });
      print(
        options,
        { model, retired: true },
        `${model} is no longer maintained. Its versions stay in the registry, its traffic stays where it is.`,
      );
    });
}

/** So that the model can be applied anew at once. It takes longer only when a last message does not reach its receiver. */
async function ended(session: Session, model: ModelName): Promise<void> {
  const enough = new AbortController();
  const late = sleep(endsWithinMilliseconds, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([entityOf(session, model).result(), late]).finally(() => enough.abort());
}
