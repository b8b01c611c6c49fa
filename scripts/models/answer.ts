import type { Command } from 'commander';
import { give, requireStatus } from './entity.ts';
import { answering, print } from './output.ts';
import { inSession, readModelName, whoAmI } from './session.ts';

/** `approve` and `reject` differ in the word alone. The answer is bound to the evidence it was given for. */
export function answerCommand(answer: 'approve' | 'reject', description: string): Command {
  return answering(answer, description, `anchorwatch ${answer} bike-demand 3f9c2a7b41d0 --why "read the verdict; segments look fine"`)
    .argument('<model>')
    .argument('<evidence>', 'first digits of the verdict, as `anchorwatch status` shows them')
    .requiredOption('--why <text>', 'for the record')
    .action(async (name: string, evidence: string, options: { json?: true; why: string }) => {
      const model = readModelName(name);
      const given = await inSession(async (session) => {
        const { phase } = (await requireStatus(session, model)).state;
        if (phase.at !== 'awaiting-approval')
          throw new Error(`Nothing of ${model} waits for an approval. See: anchorwatch status ${model}`);
        if (!phase.evidence.startsWith(evidence))
          throw new Error(`"${evidence}" is not the evidence that waits; it is ${phase.evidence.slice(0, 12)}.`);
        return give(session, model, { kind: 'answered', evidence: phase.evidence, answer, who: whoAmI(), why: options.why });
      });
      print(options, { model, ...given }, given.awaited);
    });
}
