import { daysBetween, type EventTime } from '../identity/event-time.ts';
import type { Digest } from '../identity/names.ts';
import type { Policy } from '../policy/policy.ts';
import { sayUrgency } from '../report/say-urgency.ts';
import type { Action, Decision, DecisionInputs, DecisionSource, DecisionState, Reason } from './decision.ts';
import { explanations } from './explanations.ts';
import { nearness } from './flip.ts';
import { type RecordedReport, reportsInForce } from './recorded-report.ts';
import { setExpectedAside } from './set-expected-aside.ts';
import { throttleState } from './throttle.ts';
import {
  day,
  failing,
  failures,
  performanceSoFar,
  persistentDrift,
  scheduleDue,
  signalReason,
  triggersAsPerformance,
  worsePerformance,
} from './triggers.ts';

export interface DecideInput {
  readonly policy: Policy;
  readonly policyDigest: Digest;
  readonly reports: readonly RecordedReport[];
  readonly state: DecisionState;
  readonly asOf: EventTime;
  readonly source: DecisionSource;
  readonly request?: DecisionInputs['request'];
}

interface Course {
  readonly action: Action;
  readonly reasons: readonly Reason[];
}

/**
 * What is to be done about a model, and every reason. Pure: the same input gives the same decision, whoever computes it and when.
 *
 * In this order: a person's roll-back; nothing while paused or busy; data before models; then retraining, if something asks for it, if
 * the model can be trained at all, and if the throttle is free. Alarms that people have said will come decide nothing and are told. An emergency passes data and throttle, never the gates.
 */
export function decide(input: DecideInput): Omit<Decision, 'id'> {
  const { policy, policyDigest, reports, state, asOf, source, request } = input;
  const digests = reports.map(({ digest }) => digest);
  const { action, reasons } = course(input);
  return {
    kind: 'decision',
    schemaVersion: 1,
    madeFrom: [policyDigest, ...digests],
    model: policy.model,
    asOf,
    source,
    action,
    reasons,
    inputs: { policy: policyDigest, reports: digests, state, ...(request && { request }) },
    engineVersion: 1,
  };
}

function course(input: DecideInput): Course {
  const { policy, state, asOf, request } = input;
  const { reports, expected } = setExpectedAside(reportsInForce(input.reports, asOf, state.champion), input);
  const newest = reports.at(-1);

  if (request?.kind === 'roll-back') return rollBack(request, state);
  const held = holds(state);
  if (held !== undefined)
    return { action: { kind: 'nothing' }, reasons: [held, ...failures('performance', 'performance', newest, policy), ...expected] };

  const bad = failures('quality', 'quality', newest, policy);
  if (bad.length > 0 && !request?.emergency) {
    return {
      action: { kind: 'investigate-data' },
      reasons: [...bad, ...requested(request), dataFirst(request), ...urgency(newest), ...expected],
    };
  }

  const wants = [...requested(request), ...firstModel(input), ...triggered(reports, policy), ...scheduled(input)];
  const explains = explanations(reports, policy);
  if (wants.length === 0) return quiet(input, reports, explains, expected);
  const told = [...wants, ...explains, ...urgency(newest), ...expected];
  if (!canTrain(policy)) return { action: { kind: 'escalate' }, reasons: [...told, cannotTrain(policy)] };
  return throttled(input, told);
}

function rollBack(request: NonNullable<DecideInput['request']>, { previous, phase }: DecisionState): Course {
  const asked: Reason = { code: 'requested', says: `${request.who} asked for a roll-back: ${request.reason}` };
  if (phase === 'retired' || phase === 'rolling-back') {
    return { action: { kind: 'nothing' }, reasons: [asked, { code: 'busy', says: `The model is ${phase}.` }] };
  }
  if (previous !== undefined) return { action: { kind: 'roll-back', to: previous }, reasons: [asked] };
  return { action: { kind: 'escalate' }, reasons: [asked, { code: 'no-previous', says: 'There is no previous version to go back to.' }] };
}

function holds({ paused, phase }: DecisionState): Reason | undefined {
  if (paused) return { code: 'paused', says: 'The model is paused: nothing is started until it is resumed.' };
  if (phase !== 'idle') return { code: 'busy', says: `The model is ${phase.replaceAll('-', ' ')}: one thing at a time.` };
  return undefined;
}

function requested(request: DecideInput['request']): Reason[] {
  if (request === undefined) return [];
  const kind = request.emergency ? 'an emergency retraining' : 'a retraining';
  return [{ code: 'requested', says: `${request.who} asked for ${kind}: ${request.reason}` }];
}

function dataFirst(request: DecideInput['request']): Reason {
  const says = 'Data come first: a model trained on bad data is a bad model.';
  return { code: 'data-first', says: request === undefined ? says : `${says} An emergency request retrains all the same.` };
}

function firstModel({ policy, state }: DecideInput): Reason[] {
  if (state.champion !== undefined || !canTrain(policy)) return [];
  return [{ code: 'first-model', says: 'No version is in service yet: this is the first model.', policyPath: '/training' }];
}

function triggered(reports: readonly RecordedReport[], policy: Policy): Reason[] {
  return [...worsePerformance(reports, policy), ...persistentDrift(reports, policy)];
}

function scheduled({ policy, state, asOf }: DecideInput): Reason[] {
  return canTrain(policy) ? scheduleDue(policy.retrain, state, asOf) : [];
}

/** The most urgent of what failed in the newest report. */
function urgency(newest: RecordedReport | undefined): Reason[] {
  const urgencies = (newest?.report.signals ?? []).flatMap((signal) => signal.urgency ?? []);
  const [first] = urgencies.sort((a, b) => (a.priority < b.priority ? -1 : 1));
  if (first === undefined || newest === undefined) return [];
  return [{ code: 'urgency', says: `${sayUrgency(first)}.`, evidence: newest.digest, policyPath: `/severity/${first.priority}` }];
}

function canTrain({ mode, training }: Policy): boolean {
  return mode !== 'watch' && training !== undefined;
}

function cannotTrain({ mode }: Policy): Reason {
  const why = mode === 'watch' ? 'mode watch tells and does not act' : 'the policy names no training program';
  return {
    code: 'cannot-train',
    says: `This would have been a retraining, but ${why}.`,
    policyPath: mode === 'watch' ? '/mode' : '/training',
  };
}

function throttled({ policy, state, asOf, request }: DecideInput, reasons: readonly Reason[]): Course {
  const retrain: Action = { kind: 'retrain', strategy: 'full' };
  const throttle = throttleState(policy.retrain.throttle, state.attempts);
  if (throttle === undefined) return { action: retrain, reasons };

  const { freeFrom, lastAttempt, rule } = throttle;
  const { betweenDays, attempts } = policy.retrain.throttle;
  const limit = rule === 'between' ? `minimum interval ${betweenDays} d` : `at most ${attempts.atMost} in ${attempts.perDays} d`;
  const told = `last attempt ${day(lastAttempt)}, ${limit}`;
  const policyPath = rule === 'between' ? '/retrain/throttle/betweenDays' : '/retrain/throttle/attempts';
  const early = daysBetween(asOf, freeFrom) > 0;
  if (!early)
    return {
      action: retrain,
      reasons: [...reasons, { code: 'throttle', says: `Throttle: ${told}, free since ${day(freeFrom)}.`, policyPath }],
    };
  if (request?.emergency) {
    const says = `Throttle: ${told}; passed over, because this is an emergency.`;
    return { action: retrain, reasons: [...reasons, { code: 'throttle', says, policyPath }] };
  }
  const value = daysBetween(lastAttempt, asOf);
  const nearestFlip = { value, threshold: daysBetween(lastAttempt, freeFrom), says: `asked on ${day(freeFrom)} or later` };
  const reason: Reason = { code: 'throttle', says: `Throttle: ${told}, free from ${day(freeFrom)}.`, policyPath, nearestFlip };
  return { action: { kind: 'throttled', until: freeFrom, wanted: 'retrain' }, reasons: [reason, ...reasons] };
}

function quiet(
  { policy, reports: given }: DecideInput,
  reports: readonly RecordedReport[],
  explains: readonly Reason[],
  expected: readonly Reason[],
): Course {
  const newest = reports.at(-1);
  if (newest === undefined) return { action: { kind: 'nothing' }, reasons: [noReport(given.length)] };

  const untriggered = failures('performance', 'performance', newest, policy);
  const found = [...untriggered, ...expected, ...explains, ...urgency(newest), ...lacking(newest), ...nearest(newest, policy)];
  const reasons =
    found.length > 0 ? found : [{ code: 'no-signal', says: 'The newest report has no signal to judge.', evidence: newest.digest }];
  const isAwaited = performanceSoFar(reports, policy).length > 0;
  const grave = failing(newest.report, 'performance').some(
    (signal) => signal.severity === 'red' && !(isAwaited && triggersAsPerformance(signal)),
  );
  const kind = grave ? 'escalate' : untriggered.length + explains.length > 0 ? 'watch' : 'nothing';
  return { action: { kind }, reasons };
}

function noReport(given: number): Reason {
  const says = given === 0 ? 'There is no report yet.' : 'No report is about the version in service yet.';
  return { code: 'no-report', says };
}

function lacking({ report, digest }: RecordedReport): Reason[] {
  const lacks = report.signals.filter(({ outcome, layer, critical }) => outcome === 'inconclusive' && layer === 'performance' && critical);
  return lacks.map(({ says, policyPath }) => ({ code: 'inconclusive', says, evidence: digest, policyPath }));
}

/** Of all that passed, what came nearest to its threshold. */
function nearest(recorded: RecordedReport, policy: Policy): Reason[] {
  const passed = recorded.report.signals.filter((signal) => signal.outcome === 'pass' && Number.isFinite(nearness(signal, policy)));
  const first = passed.sort((a, b) => nearness(b, policy) - nearness(a, policy))[0];
  return first === undefined ? [] : [signalReason('nearest', first, recorded, policy)];
}
