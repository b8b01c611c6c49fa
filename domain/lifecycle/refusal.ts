import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

/** What a person may ask of a model. */
export type Command = Extract<
  LifecycleEvent,
  { kind: 'policy-applied' | 'answered' | 'requested' | 'decision-accepted' | 'rollback-requested' | 'paused' | 'resumed' | 'retired' }
>;

/** Why a command makes no sense now and what to do instead, or undefined: it may be sent. */
export function refusal(state: LifecycleState, command: Command): string | undefined {
  if (state.phase.at === 'retired')
    return `${state.model} is being retired. When its last messages are sent, apply its policy to begin anew.`;
  switch (command.kind) {
    case 'answered':
      if (state.phase.at !== 'awaiting-approval')
        return `Nothing of ${state.model} waits for an approval. See: anchorwatch status ${state.model}`;
      if (state.phase.evidence !== command.evidence) {
        return `That is not the evidence that waits; it is ${state.phase.evidence.slice(0, 12)} (version ${state.phase.candidate}). Read it first: anchorwatch status ${state.model}`;
      }
      if (command.answer === 'approve' && state.phase.people.includes(command.who))
        return `${command.who} has approved version ${state.phase.candidate} already; it waits for another person.`;
      return undefined;
    case 'decision-accepted':
      if (state.proposed === undefined) return `No decision of ${state.model} waits to be applied. See: anchorwatch status ${state.model}`;
      if (state.proposed.decision !== command.decision)
        return `The decision that waits is ${state.proposed.decision}: a newer one took the place of ${command.decision}.`;
      if (state.phase.at !== 'idle') return `${state.model} is ${state.phase.at}. Apply the decision when that has ended.`;
      return undefined;
    case 'rollback-requested':
      if (state.phase.at === 'rolling-back') return `${state.model} is being rolled back already.`;
      if (state.phase.at !== 'rolling-out' && state.previous === undefined) {
        return `${state.model} has no previous version to go back to${state.champion === undefined ? '' : ` from ${state.champion}`}.`;
      }
      return undefined;
    case 'resumed':
      return state.paused === undefined && state.phase.at !== 'needs-attention' ? `${state.model} is not paused.` : undefined;
    case 'paused':
      return state.paused === undefined ? undefined : `${state.model} is paused already, by ${state.paused.by}: ${state.paused.reason}`;
    case 'requested':
    case 'policy-applied':
    case 'retired':
      return undefined;
  }
}
