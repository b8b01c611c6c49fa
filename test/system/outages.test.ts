import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchFiles } from '../../adapters/process/launch/launch-files.ts';
import { stopLaunched } from '../../adapters/process/launch/stop-launched.ts';
import { isAlive } from '../../adapters/process/process-record.ts';
import { latestStart } from '../../adapters/serving/mlflow/server-starts.ts';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId, ModelName, Version } from '../../domain/identity/names.ts';
import { type ChildName, childId, tidyId } from '../../domain/identity/workflow-ids.ts';
import type { RetrainReport } from '../../domain/training/retrain.ts';
import { give, requireStatus } from '../../scripts/models/entity.ts';
import { maintain } from '../../scripts/models/maintain.ts';
import { readHours } from '../../scripts/replay/hours.ts';
import { Replay } from '../../scripts/replay/replay.ts';
import { startWebhook, type Webhook } from '../servers/webhook.ts';
import { writesResult } from '../training/program.ts';
import { until } from '../until.ts';
import { bikePolicy, example, savedPolicy, trainProgram } from './bike-policy.ts';
import { startTestStack, type TestStack } from './stack.ts';

const model = 'bike-demand' as ModelName;
const from = eventTime('2011-04-01');
const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-outages-'));

/** Trains as the example does, tells that it is done, and ends when it may: what stops meanwhile stops at a known moment. */
function heldProgram(name: string) {
  const [trained, go] = [join(folder, `${name}.trained`), join(folder, `${name}.go`)];
  return {
    command: `${trainProgram} && touch '${trained}' && while [ ! -e '${go}' ]; do sleep 0.1; done`,
    hasTrained: () => until(() => existsSync(trained) || undefined),
    letEnd: () => writeFileSync(go, ''),
  };
}

describe('a model whose surroundings fail', () => {
  let test: TestStack;
  let webhook: Webhook;
  let replay: Replay;

  beforeAll(async () => {
    webhook = await startWebhook('bike-people');
    test = await startTestStack({ env: { BIKE_WEBHOOK: webhook.url } });
    replay = new Replay({
      session: test.session,
      policy: policyWith('turns', trainProgram).policy,
      hours: readHours(join(example, 'data/replay.csv')),
      from,
      knownAfterDays: 3,
      inFlight: 8,
    });
  }, 600_000);

  afterAll(async () => {
    await replay.close();
    await test.stop();
    await webhook.close();
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  describe('MLflow', () => {
    it('given it stops answering while a model is trained, when it answers again, then the same training goes into service', async () => {
      const held = heldProgram('first');
      await apply('first', held.command, from);
      await held.hasTrained();
      test.signal('mlflow', 'SIGSTOP');
      held.letEnd();
      const failure = await until(async () => (await pending('retrain', 'train'))?.lastFailure?.message ?? undefined);
      test.signal('mlflow', 'SIGCONT');
      expect(failure).toMatch(/MLflow at .* does not answer .*work waits for it/);

      const state = await replay.settle();
      expect(state.champion).toBe('1');
      expect(await registeredVersions()).toEqual(['1']);
    });
  });

  describe('the endpoint of the champion', () => {
    it('given its server is killed, when callers ask, then each gets 502 with the reason, is counted, and the next check goes on', async () => {
      await replay.turn();
      await stopLaunched(await startFolderOf('1'));

      const [hour] = readHours(join(example, 'data/replay.csv'));
      const answer = await fetch(`${test.stack.addresses.gateway}/models/${model}/predict`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: 'while-down', time: '2011-04-04T12:00:00Z', features: hour?.features }),
      });
      expect(answer.status).toBe(502);
      expect(await answer.json()).toMatchObject({
        version: '1',
        error: expect.stringMatching(/champion \(version 1\) was not reached: \w+/),
      });
      expect(await counted()).toMatchObject({ requests: { champion: { 200: expect.any(Number), 502: 1 } } });

      const turn = await replay.turn();
      expect(turn.sent.failures).toEqual({ 502: turn.sent.requests });
      expect(turn.sent.requests).toBeGreaterThan(0);
      expect(await counted()).toMatchObject({ requests: { champion: { 502: 1 + turn.sent.requests } }, dropped: 0 });
      expect(turn.state.asOf).toBe(turn.slot);
      expect(turn.state.champion).toBe('1');
    });

    it('given its server is down, when tidy has looked, then callers are answered by the same version again', async () => {
      const { client, place, ports } = test.session;
      await client.schedule.getHandle(tidyId(place.installation)).trigger(ScheduleOverlapPolicy.BUFFER_ALL);
      await until(async () => (await ports.serving.list()).some(({ version, healthy }) => version === '1' && healthy) || undefined);
      const turn = await replay.turn();
      expect(turn.sent.failures).toEqual({});
      expect(turn.sent.requests).toBeGreaterThan(0);
    });

    it('given no version was ever put into service, when it is asked, then the answer is 503 with the reason', async () => {
      const answer = await fetch(`${test.stack.addresses.gateway}/models/nobody/predict`, { method: 'POST', body: '{}' });
      expect(answer.status).toBe(503);
      expect(await answer.json()).toEqual({ error: expect.stringContaining('nobody has put a version into service') });
    });
  });

  describe('the training program', () => {
    const endless = 'while :; do sleep 1; done';
    const cases = [
      {
        name: 'missing',
        command: 'echo looking; no-such-trainer --fast',
        code: 'TrainingProgramMissing',
        log: /no-such-trainer.*not found/,
      },
      { name: 'exits-3', command: 'echo "disk of rows is gone" >&2; exit 3', code: 'TrainingFailed', log: /disk of rows is gone/ },
      { name: 'no-result', command: 'echo "all done, I think"', code: 'TrainingResultMissing', log: /all done, I think/ },
      {
        name: 'broken-result',
        command: `echo "writing"; ${writesResult('{"modelUri": "models:/m-1", "metrics": {"mae": NaN}}')}`,
        code: 'TrainingResultInvalid',
        log: /writing/,
      },
      { name: 'endless', command: `echo "still at it"; ${endless}`, timeLimit: '2 s', code: 'TrainingTimeLimit', log: /still at it/ },
      { name: 'nan', command: `echo '{"step": 7, "loss": NaN}'; ${endless}`, code: 'TrainingDiverged', log: /"step": 7/ },
    ];

    it.each(cases)(
      'given it is $name, when it was tried, then $code with its last lines, no version moves, people know, the model rests',
      async ({ name, command, timeLimit, code, log }) => {
        const before = await whatServes();
        await apply(name, command, undefined, timeLimit);
        const decision = await emergency(`drill: ${name}`);
        const state = await replay.settle();

        const report = await retrainReport();
        expect(report).toMatchObject({ decision, outcome: 'fail', failure: code });
        expect(report.candidate).toBeUndefined();
        expect(report.says).toMatch(/Its log ends:/);
        expect(report.says).toMatch(log);
        expect(state.phase).toEqual({ at: 'idle' });
        expect(state.champion).toBe('1');
        expect(await whatServes()).toEqual(before);
        const told = await until(() =>
          webhook.messages.find((message) => JSON.stringify(message).includes(JSON.stringify(report.says).slice(1, -1))),
        );
        expect(told).toEqual({ text: `🔴 *${model}* ${report.says}` });
      },
    );
  });

  describe('MLflow, Temporal and the gateway, one after another during one retraining', () => {
    const held = heldProgram('second');
    let decision: DecisionId;

    beforeAll(async () => {
      await apply('second', held.command);
      decision = await emergency('drill: servers that end');
      await held.hasTrained();
    }, 600_000);

    it('given MLflow is killed when the program ends, when it is back, then the version is registered once', async () => {
      const dead = test.processOf('mlflow');
      test.signal('mlflow', 'SIGKILL');
      await until(() => !isAlive(dead) || undefined);
      held.letEnd();
      await until(async () => (await registeredVersions()).length === 2 || undefined);
      await until(() => test.said.includes('mlflow works again') || undefined);
      expect(await registeredVersions()).toEqual(['1', '2']);
    });

    it('given Temporal stops answering and is then killed, when it is back, then the work goes on where it was', async () => {
      await until(async () => ((await latestStart(servingFolder('2'))) === undefined ? undefined : true));
      test.signal('temporal', 'SIGSTOP');
      const { client } = test.session;
      await expect(client.withDeadline(Date.now() + 5_000, () => requireStatus(test.session, model))).rejects.toThrow();

      test.signal('gateway', 'SIGSTOP');
      const heard = test.said.length;
      test.signal('temporal', 'SIGKILL');
      await until(() => test.said.slice(heard).includes('temporal works again') || undefined);
      const report = await until(async () => {
        const { phase } = (await requireStatus(test.session, model)).state;
        return phase.at === 'retraining' ? undefined : retrainReport();
      });
      expect(report).toMatchObject({ decision, outcome: 'pass', candidate: '2' });
    });

    it('given the gateway stopped answering before the first share was set, when it answers again, then the share is set', async () => {
      const failure = await until(async () => (await pending('rollout'))?.lastFailure?.message ?? undefined);
      test.signal('gateway', 'SIGCONT');
      expect(failure).toMatch(/gateway at .* did not answer/);

      await replay.settle();
      expect((await requireStatus(test.session, model)).state.phase).toMatchObject({ at: 'rolling-out', candidate: '2' });
      const table = await test.session.ports.router.read(model);
      expect(table?.arms.map(({ version, share }) => ({ version, share }))).toEqual([
        { version: '1', share: 0.95 },
        { version: '2', share: 0.05 },
      ]);
      const turn = await replay.turn();
      expect(turn.sent).toMatchObject({ answered: turn.sent.requests, failures: {} });
    });
  });

  function policyWith(name: string, command: string, timeLimit = '5 min') {
    return bikePolicy(folder, name, {
      notify: { slack: 'env:BIKE_WEBHOOK' },
      retrain: { triggers: ['performance'], train: { command, timeLimit } },
      performance: { drop: '1000 points' },
    });
  }

  async function apply(name: string, command: string, asOf?: EventTime, timeLimit?: string): Promise<void> {
    const file = policyWith(name, command, timeLimit);
    const applied = await savedPolicy(test.session, file);
    await maintain(test.session, file.policy, applied, { who: 'tester', clock: 'replay', ...(asOf && { asOf }) });
  }

  async function emergency(reason: string): Promise<DecisionId> {
    const { asOf } = (await requireStatus(test.session, model)).state;
    const request = { emergency: true, who: 'tester', reason };
    const { decision } = await give(test.session, model, { kind: 'requested', request, asOf: asOf as EventTime });
    expect(decision?.action).toEqual({ kind: 'retrain', strategy: 'full' });
    return decision?.id as DecisionId;
  }

  function childOf(child: ChildName) {
    return test.session.client.workflow.getHandle(childId(test.session.place.installation, child, model));
  }

  async function pending(child: ChildName, activity?: string) {
    const { raw } = await childOf(child).describe();
    return raw.pendingActivities?.find(({ activityType }) => activity === undefined || activityType?.name === activity);
  }

  async function retrainReport(): Promise<RetrainReport> {
    return (await childOf('retrain').result()) as RetrainReport;
  }

  async function registeredVersions(): Promise<string[]> {
    const found: string[] = [];
    for (let version = 1; ; version += 1) {
      if ((await test.session.ports.registry.find(model, String(version) as Version).catch(() => undefined)) === undefined) return found;
      found.push(String(version));
    }
  }

  async function whatServes() {
    const { registry, router } = test.session.ports;
    return { aliases: await registry.aliases(model), table: await router.read(model), versions: await registeredVersions() };
  }

  async function counted(): Promise<unknown> {
    const answer = await fetch(`${test.stack.addresses.gateway}/admin/counters`);
    return ((await answer.json()) as Record<string, unknown>)[model];
  }

  function servingFolder(version: string): string {
    return join(test.stateRoot, 'serving', `${model}-${version}`);
  }

  async function startFolderOf(version: string): Promise<string> {
    const start = await latestStart(servingFolder(version));
    expect(existsSync(launchFiles(start?.folder as string).claim)).toBe(true);
    return start?.folder as string;
  }
});
