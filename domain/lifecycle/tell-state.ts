import type { LifecycleState, Phase } from './state.ts';

/** For people, as Markdown: what is awaited, from whom, and the command to give; then how the model stands. */
export function tellState(state: LifecycleState): string {
  const lines = [`**${awaited(state)}**`, ''];
  if (state.policy.mode !== 'watch' || state.champion !== undefined)
    lines.push(`- champion: ${state.champion ?? 'none yet'}${state.previous === undefined ? '' : `, previous: ${state.previous}`}`);
  lines.push(`- mode: ${state.policy.mode}, policy \`${state.policy.digest.slice(0, 12)}\``);
  if (state.refusedBaseline !== undefined)
    lines.push(`- ${state.baseline === undefined ? 'no baseline' : 'a newer baseline'}: ${state.refusedBaseline.says}`);
  if (state.asOf !== undefined) lines.push(`- decided up to: ${state.asOf} (event time)`);
  if (state.lastDecision !== undefined) {
    lines.push(
      `- last decision: ${state.lastDecision.action.kind}, as of ${state.lastDecision.asOf}; \`anchorwatch why ${state.model}\` tells the reasons`,
    );
  }
  return lines.join('\n');
}

/** One line: what the model is doing or waiting for. */
export function awaited(state: LifecycleState): string {
  const { phase, model } = state;
  if (state.paused !== undefined && phase.at === 'idle') {
    return `Paused by ${state.paused.by}: ${state.paused.reason}. To go on: anchorwatch resume ${model}`;
  }
  switch (phase.at) {
    case 'idle':
      if (state.outbox.some(({ kind }) => kind === 'ask-decision')) return 'Deciding what to do.';
      return state.proposed === undefined
        ? 'Waiting for the next check.'
        : `Waiting for a person to apply ${state.proposed.action.kind}: anchorwatch apply-decision ${model} ${state.proposed.decision}`;
    case 'retraining':
      return `Retraining for decision ${phase.by}.`;
    case 'awaiting-approval':
      return `Version ${phase.candidate} waits for ${missing(state, phase)}, until ${wallTime(phase.expiresAtWallMilliseconds)}: anchorwatch approve ${model} ${phase.evidence.slice(0, 12)} --why "…" (or reject)`;
    case 'rolling-out':
      return `Version ${phase.candidate} goes into traffic. To stop it: anchorwatch rollback ${model} --reason "…"`;
    case 'rolling-back':
      return `Traffic is being taken back${phase.candidate === undefined ? '' : ` from version ${phase.candidate}`}.`;
    case 'needs-attention':
      return `A person must look: ${phase.why} Then: anchorwatch resume ${model}`;
    case 'retired':
      return 'Retired.';
  }
}

function missing({ policy }: LifecycleState, { people }: Extract<Phase, { at: 'awaiting-approval' }>): string {
  const needed = policy.approval === 'none' ? 1 : policy.approval.people;
  const given = people.length === 0 ? '' : ` (approved so far: ${people.join(', ')})`;
  return needed - people.length > 1 ? `${needed - people.length} approvals${given}` : `an approval${given}`;
}

function wallTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
