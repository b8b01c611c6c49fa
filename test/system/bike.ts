import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId } from '../../domain/identity/names.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { give, modelTime, requireStatus } from '../../scripts/models/entity.ts';
import { maintain } from '../../scripts/models/maintain.ts';
import { loadPolicyFile, type PolicyFile, savePolicy } from '../../scripts/models/policies.ts';
import { type Hour, readHours } from '../../scripts/replay/hours.ts';
import { Replay, type Turn } from '../../scripts/replay/replay.ts';
import type { TestStack } from './stack.ts';

const example = join(import.meta.dirname, '../../examples/bike-demand');
const from = eventTime('2011-04-01');

/**
 * The example with gates that are passed, a canary of two short steps, no trigger of its own, and training that can be held back. Who
 * goes to the candidate is drawn anew in each run: at the usual 5% a sound split would now and then be taken for a wrong one.
 */
const policyText = `
extends: anchorwatch.yaml
performance: {metric: mae, drop: 900 points}
retrain: {train: {command: sh held-training.sh}}
gates: [{minimum: {mae: 200}}]
rollOut:
  steps: [20%, 50%, 100%]
  minimumUnits: [8, 20, 20]
  alpha: 0.1%
  guardrails: {errors: {harmMargin: 2, absoluteMargin: 30%}}
`;

const program = `
echo "$ANCHORWATCH_MANIFEST" >> "$TRAINING_STARTS"
while [ -e "$TRAINING_HELD" ]; do sleep 0.1; done
exec python train.py
`;

/** Calls the gateway without a pause, as its users do, whatever else happens. */
export interface Caller {
  readonly calls: number;
  /** Statuses other than 200, and calls without any answer. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

/** One model of a test stack: the bike example in a folder of its own, and what tests do with it. */
export interface Bike {
  readonly policy: PolicyFile['policy'];
  readonly model: PolicyFile['policy']['model'];
  /** Applies the policy, waits for the first champion and its baseline, and plays the first week. */
  begin(): Promise<LifecycleState>;
  turn(): Promise<Turn>;
  /** Waits until the model has done all it can without another week. */
  settle(): Promise<LifecycleState>;
  state(): Promise<LifecycleState>;
  /** Asks for a retraining at once; returns when it is decided. */
  retrain(reason: string): Promise<DecisionId>;
  /** Plays weeks until the model is at rest in this phase. */
  until(phase: LifecycleState['phase']['at']): Promise<LifecycleState>;
  holdTraining(): void;
  releaseTraining(): void;
  /** How often the training program was started for a decision. */
  trainingStarts(decision: DecisionId): number;
  call(): Caller;
  close(): Promise<void>;
}

/** Environment a stack of this model needs; `folder` is the stack's. */
export function prepareBike(folder: string): void {
  const own = join(folder, 'bike');
  cpSync(example, own, { recursive: true });
  writeFileSync(join(own, 'fast.yaml'), policyText);
  writeFileSync(
    join(own, 'held-training.sh'),
    program.replaceAll('$TRAINING_STARTS', join(folder, 'starts')).replaceAll('$TRAINING_HELD', join(folder, 'held')),
  );
}

export function bikeOn({ session, folder }: TestStack): Bike {
  const read = loadPolicyFile(join(folder, 'bike/fast.yaml'));
  const { policy } = read;
  const { model } = policy;
  const hours = readHours(join(example, 'data/replay.csv'));
  const replay = new Replay({ session, policy, hours, from, knownAfterDays: 3, inFlight: 8 });
  const held = join(folder, 'held');
  const starts = join(folder, 'starts');
  let clock: EventTime = from;

  const state = async () => (await requireStatus(session, model)).state;
  const turn = async () => {
    const turned = await replay.turn();
    clock = turned.slot;
    return turned;
  };

  return {
    policy,
    model,
    turn,
    settle: () => replay.settle(),
    state,
    async begin() {
      await maintain(session, policy, await savePolicy(session.ports, read), { who: 'tester', clock: 'replay', asOf: from });
      await replay.settle();
      return (await turn()).state;
    },
    async retrain(reason) {
      const request = { emergency: true, who: 'tester', reason };
      const { decision } = await give(session, model, { kind: 'requested', request, asOf: await modelTime(session, model) });
      if (decision?.action.kind !== 'retrain') throw new Error(`not begun: ${decision?.because}`);
      return decision.id;
    },
    async until(phase) {
      for (;;) {
        const now = await replay.settle();
        if (now.phase.at === phase) return now;
        if (now.phase.at !== 'rolling-out') throw new Error(`the model came to rest at ${now.phase.at}: ${JSON.stringify(now.phase)}`);
        await turn();
      }
    },
    holdTraining: () => writeFileSync(held, ''),
    releaseTraining: () => rmSync(held, { force: true }),
    trainingStarts: (decision) =>
      existsSync(starts)
        ? readFileSync(starts, 'utf8')
            .split('\n')
            .filter((line) => line.includes(decision)).length
        : 0,
    call: () => startCalling(`${session.configuration.gateway.url}/models/${model}/predict`, hours, () => clock),
    close: () => replay.close(),
  };
}

function startCalling(url: string, hours: readonly Hour[], now: () => EventTime): Caller {
  const failures: string[] = [];
  let calls = 0;
  let ending = false;
  const calling = (async () => {
    while (!ending) {
      const { features } = hours[calls % hours.length] as Hour;
      const body = JSON.stringify({ id: `caller-${calls}`, time: now(), features });
      calls += 1;
      const status = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
        async (answer) => {
          await answer.arrayBuffer();
          return String(answer.status);
        },
        (error: Error) => String(error.cause ?? error),
      );
      if (status !== '200') failures.push(status);
      await sleep(40);
    }
  })();
  return {
    get calls() {
      return calls;
    },
    failures,
    async stop() {
      ending = true;
      await calling;
    },
  };
}
