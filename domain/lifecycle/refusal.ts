import { isSameAnswer, sayAnswer } from './alarm.ts';
import { episodeOf, sayDays } from './alarms-by-episode.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

/** What a person may ask of a model. */
export type Command = Extract<
  LifecycleEvent,
  {
    kind:
      | 'policy-applied'
      | 'answered'
      | 'requested'
      | 'decision-accepted'
      | 'rollback-requested'
      | 'acknowledged'
      | 'paused'
      | 'resumed'
      | 'retired';
  }
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
    case 'acknowledged':
      return refusedAnswer(state, command);
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

/** What is said of an alarm is said once; to say the same again is no fault. */
function refusedAnswer({ model, alarms = [] }: LifecycleState, command: Extract<Command, { kind: 'acknowledged' }>): string | undefined {
  const { report, answer } = command;
  const alarm = alarms.find((one) => one.report === report);
  if (alarm === undefined)
    return `${model} remembers no alarm ${report.slice(0, 12)}; it knows its last ${alarms.length}. See: anchorwatch history ${model}`;
  if (alarm.answer !== undefined && !isSameAnswer(alarm.answer, answer))
    return `The alarm of ${alarm.asOf.slice(0, 10)} was acknowledged already: ${sayAnswer(alarm.answer)}. What was said of it stays.`;
  const episode = episodeOf(alarms, alarm);
  if (answer.kind === 'expected' && answer.until.slice(0, 10) < episode.last.slice(0, 10))
    return `The alarm is of ${sayDays(episode)}, so it cannot have been expected until ${answer.until.slice(0, 10)}. Name that day or a later one.`;
  return undefined;
}
