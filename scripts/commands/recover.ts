import type { Command } from 'commander';
import type { ModelName } from '../../domain/identity/names.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { readStatus } from '../models/entity.ts';
import { maintainFrom } from '../models/maintain.ts';
import { answering, print } from '../models/output.ts';
import { inSession, readModelName, type Session } from '../models/session.ts';
import { lastSnapshot } from '../models/snapshots.ts';

export function recoverCommand(): Command {
  return answering(
    'recover',
    'Begin a model anew from its last snapshot, after its entity was terminated or lost.',
    'anchorwatch recover bike-demand',
  )
    .argument('<model>')
    .action(async (name: string, options: { json?: true }) => {
      const model = readModelName(name);
      const state = await inSession((session) => recover(session, model));
      print(
        options,
        { state },
        `${model} goes on from revision ${state.revision} (phase ${state.phase.at}); what was under way is being looked for.`,
      );
    });
}

async function recover(session: Session, model: ModelName): Promise<LifecycleState> {
  if ((await readStatus(session, model)) !== undefined) throw new Error(`${model} is maintained already. See: anchorwatch status ${model}`);
  const state = await lastSnapshot(session.ports, model);
  if (state === undefined) throw new Error(`There is no snapshot of ${model}. Begin with: anchorwatch apply <anchorwatch.yaml>`);
  if (state.phase.at === 'retired') throw new Error(`${model} was retired. Begin anew with: anchorwatch apply <anchorwatch.yaml>`);
  const policy = await session.ports.artefacts.read<Policy>('policy', state.policy.digest);
  if (policy === undefined)
    throw new Error(`The policy of ${model} is not in the store. Begin anew with: anchorwatch apply <anchorwatch.yaml>`);
  await maintainFrom(session, policy, state);
  return state;
}
