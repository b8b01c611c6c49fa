import type { Command } from 'commander';
import { give, modelTime } from '../models/entity.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName, whoAmI } from '../models/session.ts';

export function retrainCommand(): Command {
  return answering(
    'retrain',
    'Ask for a retraining. It is throttled like any other unless it is an emergency, and gated even then. Exit code 100: not begun.',
    'anchorwatch retrain bike-demand --emergency --reason "prices changed overnight"',
  )
    .argument('<model>')
    .option('--emergency', 'do not wait for the throttle')
    .requiredOption('--reason <text>', 'why, for the record')
    .action(async (name: string, options: { json?: true; emergency?: true; reason: string }) => {
      const model = readModelName(name);
      const request = { emergency: options.emergency ?? false, who: whoAmI(), reason: options.reason };
      const answer = await inSession(async (session) =>
        give(session, model, { kind: 'requested', request, asOf: await modelTime(session, model) }),
      );
      print(
        options,
        { model, ...answer },
        `${answer.decision?.action.kind ?? 'nothing'}: ${answer.decision?.because ?? answer.awaited}\nReasons: anchorwatch why ${model}`,
      );
      process.exitCode = answer.decision?.action.kind === 'retrain' ? 0 : 100;
    });
}
