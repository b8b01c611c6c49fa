import type { PolicyLines } from '../policy/policy-line.ts';
import type { Action, Decision, Reason } from './decision.ts';
import { day } from './triggers.ts';

export interface Telling {
  /** Where the policy's parts are written, by JSON pointer into the policy. */
  readonly lines: PolicyLines;
  readonly recomputed?: 'same' | 'differs';
}

/** A decision for a person: what, every reason with its policy line or evidence, what would have changed it, and whether it still holds. */
export function tellDecision(decision: Decision, { lines, recomputed }: Telling): string {
  const { model, asOf, action, reasons } = decision;
  const told = reasons.flatMap((reason) => [`  ${reason.says}`, ...source(reason, lines)]);
  return [
    `${model}  ${day(asOf)}  ${tellAction(action)}`,
    ...told,
    ...flip(decision),
    ...(recomputed ? [recomputation[recomputed]] : []),
  ].join('\n');
}

/** What decided, in one sentence or two, and how urgent it is. */
export function tellBecause(decision: Pick<Decision, 'action' | 'reasons'>): string {
  const urgency = decision.reasons.find(({ code }) => code === 'urgency');
  return [tellDeciding(decision), ...(urgency ? [urgency.says] : [])].join(' ');
}

function tellDeciding({ action, reasons }: Pick<Decision, 'action' | 'reasons'>): string {
  const [first, second] = reasons;
  const last = reasons.at(-1);
  if (action.kind === 'throttled' && second) return `${first?.says} Wanted: ${second.says}`;
  if ((first?.code === 'paused' || first?.code === 'busy') && second) return `${second.says} ${first.says}`;
  if (action.kind === 'escalate' && last?.code === 'cannot-train') return `${first?.says} ${last.says}`;
  return first?.says ?? 'Nothing was found.';
}

export function tellAction(action: Action): string {
  switch (action.kind) {
    case 'retrain':
      return `retrain (${action.strategy})`;
    case 'throttled':
      return `throttled until ${day(action.until)} (wanted: ${action.wanted})`;
    case 'roll-back':
      return `roll back to version ${action.to}`;
    case 'investigate-data':
      return 'investigate the data';
    case 'nothing':
    case 'watch':
    case 'escalate':
      return action.kind;
  }
}

const recomputation = {
  same: 'Recomputed from the recorded inputs: the same decision.',
  differs: 'Recomputed from the recorded inputs: ANOTHER decision. This build decides differently from the one that recorded it.',
} as const;

/** What decided it, and where that stands, on a line of its own. */
function source({ policyPath, evidence }: Reason, lines: Telling['lines']): string[] {
  if (policyPath !== undefined) {
    const line = lines[policyPath];
    return [`    policy: ${policyPath.slice(1).replaceAll('/', '.')}  ${line === undefined ? 'default' : `${line.file}:${line.line}`}`];
  }
  return evidence === undefined ? [] : [`    evidence: ${evidence.slice(0, 12)}…`];
}

const wants = ['requested', 'first-model', 'performance', 'drift', 'schedule'];

/** The reasons that would all have had to be otherwise. */
const deciding: Readonly<Record<Action['kind'], readonly string[]>> = {
  retrain: wants,
  escalate: wants,
  throttled: ['throttle'],
  'investigate-data': ['quality'],
  watch: ['performance', 'explains'],
  nothing: ['nearest'],
  'roll-back': [],
};

function flip({ action, reasons }: Decision): string[] {
  const decided = reasons.filter(({ code }) => deciding[action.kind].includes(code));
  const flips = decided.flatMap(({ nearestFlip }) => (nearestFlip === undefined ? [] : [nearestFlip.says]));
  return decided.length === 0 || flips.length < decided.length ? [] : [`Would have been different: ${flips.join(', and ')}.`];
}
