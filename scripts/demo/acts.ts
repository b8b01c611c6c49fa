import { join } from 'node:path';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { give, modelTime, requireStatus } from '../models/entity.ts';
import { maintain } from '../models/maintain.ts';
import { loadPolicyFile, savePolicy } from '../models/policies.ts';
import { type Act, championOf, ending, type Stage } from './act.ts';

const who = 'demo';
const turnsToDegrade = 30;
const turnsToRollOut = 20;
const weeksToProve = 3;

export const acts: readonly Act[] = [
  {
    title: 'A first model',
    intent: 'Trained on the first quarter of 2011, registered in MLflow, scored by us, served, and given all traffic.',
    async play({ session, replay, policy, applied, from, tellNews }) {
      await maintain(session, policy, applied, { who, clock: 'replay', asOf: from });
      const state = await replay.settle();
      await tellNews();
      const { champion } = await session.ports.registry.aliases(policy.model);
      return ending(
        state.champion !== undefined && champion === state.champion,
        `version ${championOf(state)} is the champion, in the entity and in MLflow`,
      );
    },
  },
  {
    title: 'The world moves on',
    intent: 'The hours of 2011 arrive as live requests, what came true a few days later. Every Monday the model is checked.',
    async play(stage) {
      const state = await turnUntil(stage, turnsToDegrade, ({ phase }) => phase.at !== 'idle');
      const decided = state.lastDecision;
      return ending(
        state.phase.at === 'rolling-out',
        decided === undefined
          ? 'nothing was decided'
          : `retraining was decided as of ${decided.asOf.slice(0, 10)}, and its candidate passed the gates`,
      );
    },
  },
  {
    title: 'Step by step into traffic',
    intent: 'The candidate gets 5, 20, 50, then 100% of the requests; each step needs proof that it does no harm.',
    async play(stage) {
      const before = await stateOf(stage);
      const state = await turnUntil(stage, turnsToRollOut, ({ phase }) => phase.at === 'idle');
      return ending(
        state.previous !== undefined && state.previous === before.champion,
        `version ${championOf(state)} was promoted, ${state.previous ?? 'nothing'} stands by as previous`,
      );
    },
  },
  {
    title: 'Healthy again',
    intent: 'Three more weeks with the new version, on requests no model has seen.',
    async play(stage) {
      const outcomes: string[] = [];
      for (let week = 0; week < weeksToProve; week += 1) outcomes.push((await stage.turn()).check.outcome);
      const { champion, phase } = await stateOf(stage);
      const steady = outcomes.every((outcome) => outcome === 'pass') && phase.at === 'idle';
      return ending(
        steady,
        `version ${champion ?? 'none'}: ${outcomes.filter((outcome) => outcome === 'pass').length} of ${weeksToProve} weeks steady`,
      );
    },
  },
  {
    title: 'Another trigger, too soon',
    intent: 'A person asks for one more retraining. It is not an emergency, so the throttle holds.',
    async play({ session, policy, tellNews }) {
      const { decision } = await give(session, policy.model, {
        kind: 'requested',
        request: { emergency: false, who, reason: 'fresh data came in' },
        asOf: await modelTime(session, policy.model),
      });
      await tellNews();
      return ending(decision?.action.kind === 'throttled', `decision: ${decision?.action.kind ?? 'none'}`);
    },
  },
  {
    title: 'DRILL 1: a defective training program',
    intent: 'An emergency retraining with shuffled labels. The gates must refuse what comes of it.',
    async play(stage) {
      const before = await stateOf(stage);
      const state = await emergency(stage, 'shuffled-labels.yaml', 'drill 1: labels shuffled');
      const refused = await statusOf(stage, 'refused');
      return ending(
        state.champion === before.champion && state.phase.at === 'idle' && refused.length > 0,
        `refused: ${refused.join(', ') || 'none'}; version ${championOf(state)} goes on`,
      );
    },
  },
  {
    title: 'DRILL 2: good in every test, broken in service',
    intent: 'This candidate standardises each batch by its own spread: right on batches, an error on single live requests.',
    async play(stage) {
      const before = await stateOf(stage);
      const begun = await emergency(stage, 'batch-standardised.yaml', 'drill 2: fails on single requests');
      if (begun.phase.at !== 'rolling-out') return ending(false, `the candidate did not pass its gates (${begun.phase.at})`);
      let unanswered = 0;
      const state = await turnUntil(
        stage,
        turnsToRollOut,
        ({ phase }) => phase.at === 'idle',
        (requests) => {
          unanswered += requests;
        },
      );
      const rolledBack = await statusOf(stage, 'rolled-back');
      return ending(
        state.champion === before.champion && rolledBack.length > 0 && unanswered === 0,
        `rolled back: ${rolledBack.join(', ') || 'none'}; callers without an answer: ${unanswered}`,
      );
    },
  },
];

async function turnUntil(
  stage: Stage,
  atMost: number,
  isOver: (state: LifecycleState) => boolean,
  count: (unanswered: number) => void = () => undefined,
): Promise<LifecycleState> {
  for (let turns = 0; turns < atMost; turns += 1) {
    const { state, sent } = await stage.turn();
    count(sent.requests - sent.answered);
    if (isOver(state)) return state;
  }
  return stateOf(stage);
}

/** Applies a drill's policy, asks for an emergency retraining, waits for its verdict, and puts the true policy back. */
async function emergency(stage: Stage, drill: string, reason: string): Promise<LifecycleState> {
  const { session, policy, applied, replay, tellNews } = stage;
  const broken = loadPolicyFile(join(stage.exampleFolder, 'drills', drill));
  await maintain(session, broken.policy, await savePolicy(session.ports, broken), { who, clock: 'replay' });
  await give(session, policy.model, {
    kind: 'requested',
    request: { emergency: true, who, reason },
    asOf: await modelTime(session, policy.model),
  });
  await tellNews();
  const state = await replay.settle();
  await maintain(session, policy, applied, { who, clock: 'replay' });
  await tellNews();
  return state;
}

async function stateOf({ session, policy }: Stage): Promise<LifecycleState> {
  return (await requireStatus(session, policy.model)).state;
}

/** Versions whose tag in MLflow says that they ended this way. */
async function statusOf({ session, policy }: Stage, status: string): Promise<string[]> {
  const found: string[] = [];
  for (let version = 1; ; version += 1) {
    const registered = await session.ports.registry.find(policy.model, String(version) as never);
    if (registered === undefined) return found;
    if (registered.tags['anchorwatch.status'] === status) found.push(`version ${version}`);
  }
}
