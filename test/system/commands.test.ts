import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesByGlob } from '../../adapters/source/files/glob.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { ModelName, Version } from '../../domain/identity/names.ts';
import { childId, entityId, tidyId } from '../../domain/identity/workflow-ids.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { requireStatus } from '../../scripts/models/entity.ts';
import { readHours } from '../../scripts/replay/hours.ts';
import { Replay } from '../../scripts/replay/replay.ts';
import { startWebhook, type Webhook } from '../servers/webhook.ts';
import { until } from '../until.ts';
import { bikePolicy, example, trainProgram } from './bike-policy.ts';
import { type CommandResult, startTestStack, type TestStack } from './stack.ts';

const model = 'bike-demand' as ModelName;
const watched = 'bike-watch' as ModelName;
const watchExample = join(import.meta.dirname, '../../examples/bike-watch');

/** The example with an easy gate, one canary step, and training on a quarter. */
const quick = {
  performance: { metric: 'mae', drop: '900 points' },
  retrain: {
    throttle: { between: '7d', attempts: '20 per 30d' },
    train: { command: trainProgram, window: '90d' },
  },
  gates: [{ minimum: { mae: 500 } }],
  rollOut: {
    steps: ['50%', '100%'],
    minimumUnits: [20, 20],
    alpha: '0.1%',
    guardrails: { errors: { harmMargin: 2, absoluteMargin: '50%' } },
  },
  notify: { slack: 'env:BIKE_WEBHOOK' },
};

describe('the commands, given as a stranger would', () => {
  let test: TestStack;
  let webhook: Webhook;
  let replay: Replay;

  beforeAll(async () => {
    webhook = await startWebhook('bike-people', 1);
    test = await startTestStack({ env: { BIKE_WEBHOOK: webhook.url } });
    policy('act', {});
    policy('at-once', { rollOut: { steps: ['100%'], minimumUnits: [20] } });
    policy('two-people', { approval: { people: 2, within: '5d' } });
    policy('brief', { approval: { people: 1, within: '1s' } });
    policy('failing', { retrain: { ...quick.retrain, train: { command: 'echo "no rows left" >&2; exit 3' } } });
    policy('advise', { mode: 'advise', retrain: { ...quick.retrain, schedule: '7d' } });
    replay = new Replay({
      session: test.session,
      policy: bikePolicy(join(test.folder, 'policies'), 'turns', quick).policy,
      hours: readHours(join(example, 'data/replay.csv')),
      from: eventTime('2011-04-01'),
      knownAfterDays: 3,
      inFlight: 8,
    });
  }, 300_000);

  afterAll(async () => {
    await replay.close();
    await test.stop();
    await webhook.close();
  }, 120_000);

  describe('before anything is maintained', () => {
    it('given no model, when status is asked, then it says how to begin, and JSON is JSON alone', async () => {
      expect((await fine('status')).stdout).toBe('No model is maintained yet. Begin with: anchorwatch apply <anchorwatch.yaml>\n');
      expect(await json('status')).toEqual({ schemaVersion: 1, models: [] });
    });

    it.each([
      ['status', 'nobody'],
      ['check', 'nobody'],
      ['baseline', 'nobody'],
      ['retrain', 'nobody', '--reason', 'test'],
      ['approve', 'nobody', 'abc', '--why', 'test'],
      ['ack', 'nobody', '2011-05-09', '--real'],
      ['why', 'nobody'],
    ])(
      'given a model nobody applied, when it is %s %s, then exit 1 with the remedy, nothing on standard output, no stack',
      async (...words) => {
        const { code, stdout, stderr } = await test.command(...words, '--json');
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        expect(stderr).toContain('nobody is not maintained here. Begin with: anchorwatch apply');
        expect(stderr).not.toMatch(/^\s+at /m);
      },
    );

    it('given a fault, when --verbose is asked, then the place in the program is shown', async () => {
      expect((await test.command('status', 'nobody', '--verbose')).stderr).toMatch(/^\s+at .*entity/m);
    });

    it('given a name that is none, a time that is none, a word too few, when they are given, then each answer says how it is written', async () => {
      expect(await faulty('status', 'Bike Demand')).toContain('"Bike Demand" is no model name: small letters');
      expect(await faulty('apply', file('act'), '--replay', '--as-of', 'soon')).toContain(
        '"soon" is no time. Write a day or an instant: 2011',
      );
      expect(await faulty('apply')).toContain('How it is written: anchorwatch apply --help');
      expect(await faulty('statsu')).toContain('Did you mean status?');
    });

    it('given a snapshot that is not there, when it is recovered, then it says how to begin', async () => {
      expect(await faulty('recover', 'nobody')).toContain('There is no snapshot of nobody. Begin with: anchorwatch apply');
    });

    it('given nothing was recorded, when its history is asked, then it says so', async () => {
      expect((await fine('history', 'nobody')).stdout).toBe('Nothing is recorded of nobody.\n');
    });

    it('given a replay without a time to begin at, when it is applied, then it asks for one', async () => {
      expect(await faulty('apply', file('act'), '--replay')).toContain('Say where the clock stands at first: --as-of <time>');
    });

    it('given a broken policy, when it is validated or applied, then every fault has its place and remedy', async () => {
      const broken = join(test.folder, 'broken.yaml');
      writeFileSync(
        broken,
        'model: bike\ntask: regression\nsources: {predictions: gateway}\nperformance: {metric: mae, treshold: 3%}\nmode: art\n',
      );
      for (const command of ['validate', 'apply']) {
        const told = await faulty(command, broken);
        expect(told).toMatch(/broken\.yaml:4:\d+ .*treshold/);
        expect(told).toMatch(/broken\.yaml:5:\d+ /);
        expect(told).toContain('2 problems, nothing applied.');
      }
      expect((await fine('validate', file('two-people'))).stdout).toContain('bike-demand is valid (mode act).');
      expect(await json('validate', file('two-people'))).toMatchObject({
        policy: { model, approval: { people: 2, expiresAfterHours: 120 } },
      });
    });

    it('given a stack that is up, when doctor looks, then nothing is ill', async () => {
      const { findings } = await json('doctor');
      expect(findings.filter(({ state }: { state: string }) => state !== 'well')).toEqual([]);
      expect(findings.length).toBeGreaterThan(8);
      expect((await fine('doctor')).stdout).toMatch(/^✓ Temporal {7}/m);
    });
  });

  describe('a model that is only watched, by its files', () => {
    const own = () => join(test.folder, 'bike-watch');
    const later = () => join(test.folder, 'later');
    let entriesBefore: Record<string, string>;

    it('given files up to September, when it is applied and checked, then the first verdict comes by these two commands: steady', async () => {
      cpSync(watchExample, own(), { recursive: true });
      mkdirSync(later());
      for (const path of await filesByGlob('{predictions,outcomes}/2012-*.parquet', own())) {
        renameSync(path, join(later(), path.slice(own().length + 1).replace('/', '--')));
      }
      await fine('apply', join(own(), 'anchorwatch.yaml'), '--replay');
      const { stdout } = await fine('check', watched, '--as-of', '2011-09-19');
      expect(stdout).toMatch(/^bike-watch as of 2011-09-19T00:00:00\.000Z: steady\n {2}Mean error \S+, anchor \S+: /);
      entriesBefore = await ledger();
      expect(Object.keys(entriesBefore).length).toBeGreaterThan(10);
    });

    it('given the same look, when it is repeated, then nothing is counted and the report is the same', async () => {
      const [one, two] = [await json('check', watched, '--as-of', '2011-09-19'), await json('check', watched, '--as-of', '2011-09-19')];
      expect(one).toMatchObject({ outcome: 'pass', segmentsCounted: 0 });
      expect(two).toEqual(one);
      expect(await ledger()).toEqual(entriesBefore);
    });

    it('given the winter’s files come, when it is checked in February, then only they are counted, and it alarms with exit code 100', async () => {
      const early = await ledger();
      await json('check', watched, '--as-of', '2011-12-26');
      const known = await ledger();
      for (const path of await filesByGlob('*', later())) renameSync(path, join(own(), path.slice(later().length + 1).replace('--', '/')));
      const answer = await test.command('check', watched, '--as-of', '2012-02-20', '--json');
      expect(answer.code).toBe(100);
      const report = JSON.parse(answer.stdout);
      expect(report).toMatchObject({
        schemaVersion: 1,
        outcome: 'fail',
        says: [expect.stringMatching(/^Mean error .*alarm at 50%/), expect.anything()],
      });

      const now = await ledger();
      expect(now).toMatchObject({ ...early, ...known });
      expect(report.segmentsCounted).toBe(Object.keys(now).length - Object.keys(known).length);
      const again = await test.command('check', watched, '--as-of', '2012-02-20', '--json');
      expect(JSON.parse(again.stdout)).toEqual({ ...report, segmentsCounted: 0 });
      expect((await test.command('check', watched)).stdout).toMatch(/as of 2012-02-20T.*: ALARM/);
    });

    it('given an alarm in mode watch, when why is asked, then it tells the numbers, their policy lines, and that mode watch does not act', async () => {
      const { stdout } = await fine('why', watched);
      expect(stdout).toMatch(/^bike-watch {2}2012-02-20 {2}escalate$/m);
      expect(stdout).toMatch(/Mean error .*\n {4}policy: performance\.drop {2}\S*bike-watch\/anchorwatch\.yaml:17$/m);
      expect(stdout).toContain('mode watch tells and does not act');
      expect(stdout).toContain('Recomputed from the recorded inputs: the same decision.');
    });

    it('given its alarm, when its report is asked for, then it is one page, and Markdown where no file is named', async () => {
      const page = join(test.folder, 'pages', 'bike-watch.html');
      expect((await fine('report', watched, '--html', page)).stdout).toBe(`Written: ${page}\n`);
      expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[\s\S]*Alarm:[\s\S]*Mean error[\s\S]*<\/html>\s*$/);
      expect((await fine('report', watched)).stdout).toMatch(/^# bike-watch.*: alarm\n[\s\S]*## Performance\n/);
    });

    it('given its alarm, when nobody has said what it was, then status asks; a wrong day, two answers and none are refused', async () => {
      const { stdout } = await fine('status', watched);
      expect(stdout).toMatch(
        /^False alarms: 0 episodes in 3 checks since 2011-09-19; the budget allows 0\.233 in as many \(at most 1 in 90 days\)\.$/m,
      );
      expect(stdout).toMatch(
        /^Not acknowledged: 1 episode, 2012-02-20 \(1 look, [0-9a-f]{12}\)\. What was it\? anchorwatch ack bike-watch 2012-02-20 --real/m,
      );
      expect(await faulty('ack', watched, '2011-09-19', '--real')).toContain(
        'No alarm of bike-watch is of "2011-09-19". There are: 2012-02-20 (',
      );
      expect(await faulty('ack', watched, '2012-02-20', '--real', '--false')).toContain(
        'Say one thing of it: --real, --false or --expected',
      );
      expect(await faulty('ack', watched, '2012-02-20')).toContain('Say one thing of it');
    });

    it('given it is acknowledged as expected, when the same comes a week later, then it is told and calls nobody; it is said once', async () => {
      const ack = ['ack', watched, '2012-02-20', '--expected', '2012-03-31', '--note', 'a mild winter'];
      const { stdout } = await fine(...ack);
      expect(stdout).toContain('The alarm of 2012-02-20 (performance/mae) was expected until 2012-03-31.');
      expect((await fine(...ack)).stdout).toBe(stdout);
      expect(await faulty('ack', watched, '2012-02-20', '--real')).toContain('was acknowledged already: expected until 2012-03-31.');

      expect((await test.command('check', watched, '--as-of', '2012-02-27')).code).toBe(100);
      const why = await until(async () => {
        const { stdout: told } = await fine('why', watched);
        return told.includes('2012-02-27') ? told : undefined;
      });
      expect(why).toMatch(/^bike-watch {2}2012-02-27 {2}watch$/m);
      expect(why).toContain('Expected until 2012-03-31: Mean error');
      expect(why).toContain('Recomputed from the recorded inputs: the same decision.');
      expect((await fine('status', watched)).stdout).not.toContain('Not acknowledged');
      const history = (await fine('history', watched)).stdout;
      expect(history).toMatch(
        /acknowledged-expected {2}tester: the alarm of 2012-02-20 \(performance\/mae\) was expected until 2012-03-31\. a mild winter/,
      );
      expect(history).toMatch(/alarm [0-9a-f]{12}: expected until 2012-03-31/);
      expect(history).toContain('False alarms: 0 episodes in 4 checks since 2011-09-19');
    });

    it('given its baseline, when it is taken anew, then it says of what', async () => {
      expect((await fine('baseline', watched)).stdout).toMatch(/^Baseline of \d+ rows of production on 56 days from 2011-07-04/);
    });

    it('given that it was taken as of this time before, when it is taken otherwise, then that one is in use', async () => {
      await fine('baseline', watched, '--anyway', '--reason', 'to have two');
      await until(async () => ((await fine('status', watched)).stdout.includes('to have two') ? true : undefined));
    });

    it('given later days, when a baseline is taken since the first of them, then it is of these', async () => {
      expect((await fine('baseline', watched, '--since', '2011-09-05')).stdout).toMatch(/^Baseline of \d+ rows .* from 2011-09-05 to /);
      expect(await faulty('baseline', watched, '--since', 'september')).toContain('"september" is no time.');
    });

    it('given a model that was seen enough of, when it is retired, then it is no longer listed', async () => {
      await fine('retire', watched, '--reason', 'seen enough');
      expect((await json('status')).models).toEqual([]);
    });

    /** What is counted, by segment: the pointers the ledger keeps. */
    async function ledger(): Promise<Record<string, string>> {
      const { store } = test.session.ports;
      const entries: Record<string, string> = {};
      for await (const key of store.list(`ledger/${watched}/`)) entries[key] = new TextDecoder().decode(await store.get(key));
      return entries;
    }
  });

  describe('approval by people', () => {
    it('given a policy that asks for two, when a first model passes, then both are waited for, and one person counts once', async () => {
      await fine('apply', file('two-people'), '--replay', '--as-of', '2011-04-01');
      const evidence = await evidenceThatWaits();
      const { stdout } = await fine('status', model);
      expect(stdout).toMatch(
        new RegExp(`^Version 1 waits for 2 approvals, until .* UTC: anchorwatch approve ${model} ${evidence} --why`, 'm'),
      );

      expect(await faulty('approve', model, '0000', '--why', 'guess')).toContain(
        `"0000" is not the evidence that waits; it is ${evidence}.`,
      );
      expect((await as('alice', 'approve', model, evidence, '--why', 'numbers look right')).stdout).toContain(
        'waits for an approval (approved so far: alice)',
      );
      const twice = await test.commandAs('alice', 'approve', model, evidence, '--why', 'to be sure');
      expect({ code: twice.code, says: twice.stderr }).toEqual({
        code: 1,
        says: expect.stringContaining('alice has approved version 1 already'),
      });
      expect((await as('bob', 'approve', model, evidence, '--why', 'so do I')).stdout).toContain('Version 1 goes into traffic');
      expect((await replay.settle()).champion).toBe('1');
    });

    it('given a receiver that failed at first, when people were told, then each thing was told once', async () => {
      await told(/Retraining: No version is in service yet/);
      await told(/waits for 2 approvals: anchorwatch approve/);
      await told(/goes into traffic: approved by alice and bob/);
      expect(new Set(texts()).size).toBe(texts().length);
    });

    it('given a candidate, when it is rejected, then the champion stays and the reason is kept with the version', async () => {
      expect((await fine('retrain', model, '--emergency', '--reason', 'prices changed')).stdout).toMatch(
        /^retrain: tester asked for an emergency/,
      );
      const evidence = await evidenceThatWaits();
      expect((await fine('reject', model, evidence, '--why', 'holidays are missing')).stdout).toContain('Waiting for the next check.');
      expect(await champion()).toBe('1');
      await until(async () => (await statusTag('2')) === 'rejected' || undefined);
      expect((await test.session.ports.registry.find(model, '2' as Version))?.tags['anchorwatch.reason']).toContain('holidays are missing');
      expect(await faulty('approve', model, evidence, '--why', 'after all')).toContain('Nothing of bike-demand waits for an approval');
    });

    it('given a candidate nobody answers for, when its time is over, then it is closed and people are told', async () => {
      await fine('apply', file('brief'), '--replay');
      await fine('retrain', model, '--emergency', '--reason', 'nobody is there');
      await told(/Version 3: Nobody approved it in time/);
      await until(async () => (await statusTag('3')) === 'superseded' || undefined);
      expect(await champion()).toBe('1');
    });
  });

  describe('requests and their reasons', () => {
    it('given an attempt lately, when a retraining is asked for, then it is throttled with exit code 100, and why says until when', async () => {
      const answer = await test.command('retrain', model, '--reason', 'fresh data');
      expect(answer.code).toBe(100);
      expect(answer.stdout).toMatch(/^throttled: Throttle: last attempt 2011-04-01, minimum interval 7 d, free from 2011-04-08/);
      const { decision, recomputed } = await json('why', model);
      expect(recomputed).toBe('same');
      expect(decision.action).toEqual({ kind: 'throttled', until: '2011-04-08T00:00:00.000Z', wanted: 'retrain' });
      expect((await fine('why', model)).stdout).toContain('Would have been different: asked on 2011-04-08 or later.');
    });

    it('given a quiet fortnight, when why is asked, then it tells why nothing happened: the nearest threshold', async () => {
      await fine('apply', file('act'), '--replay');
      await replay.turn();
      const { slot } = await replay.turn();
      const { stdout } = await fine('why', model);
      expect(stdout).toMatch(new RegExp(`^bike-demand {2}${slot.slice(0, 10)} {2}(nothing|watch)$`, 'm'));
      expect(stdout).toMatch(/\(alarm at .*\n {4}policy: /);
      expect(stdout).toContain('Recomputed from the recorded inputs: the same decision.');
    });

    it('given an earlier decision, when it is named by how it begins, then its reasons are told; one that never was is refused', async () => {
      const { records } = await json('history', model);
      const first = records.find(({ what }: { what: string }) => what === 'decision');
      expect((await fine('why', model, first.key.slice(0, 30))).stdout).toContain('this is the first model');
      expect(await faulty('why', model, '1999')).toContain(`All of them: anchorwatch history ${model}`);
    });

    it('given a training program that fails, when it was tried, then people are told once with its last lines, and no version moves', async () => {
      await fine('apply', file('failing'), '--replay');
      await fine('retrain', model, '--emergency', '--reason', 'drill');
      await replay.settle();
      await told(/no rows left/);
      expect(texts().filter((text) => text.includes('no rows left'))).toHaveLength(1);
      expect(await champion()).toBe('1');
      await fine('apply', file('act'), '--replay');
    });
  });

  describe('rolling back', () => {
    it('given a canary, when it is rolled back, then the candidate is out of traffic and the champion answers', async () => {
      const candidate = await candidateInTraffic();
      const report = await json('rollback', model, '--reason', 'complaints from the north');
      expect(report).toMatchObject({ model, outcome: 'rolled-back', from: candidate, to: '1' });
      const state = await replay.settle();
      expect({ at: state.phase.at, champion: state.champion }).toEqual({ at: 'idle', champion: '1' });
      expect(await arms()).toEqual(['champion 1']);
      await until(async () => (await statusTag(candidate)) === 'rolled-back' || undefined);
      await told(/complaints from the north/);
    });

    it('given no version before the champion, when it is rolled back, then it is refused with the reason', async () => {
      expect(await faulty('rollback', model, '--reason', 'test')).toContain('bike-demand has no previous version to go back to from 1.');
    });

    it('given a promoted version, when it is rolled back, then the one before it is champion again, in traffic and in the registry', async () => {
      const candidate = await promoted();
      expect((await fine('rollback', model, '--reason', 'slow')).stdout).toContain(
        `Version ${candidate} was taken out of traffic, 1 answers again: slow`,
      );
      expect((await replay.settle()).champion).toBe('1');
      expect(await arms()).toEqual(['champion 1']);
      expect(await test.session.ports.registry.aliases(model)).toMatchObject({ champion: '1' });
    });

    it('given Temporal is gone, when it is rolled back offline, then callers get the version before, and tidy takes it over later', async () => {
      const candidate = await promoted();
      test.signal('temporal', 'SIGSTOP');
      const gone = await test.command('status', model);
      const offline = await test.command('rollback', model, '--offline', '--reason', 'Temporal is down and so is quality');
      const [served, answer] = [await arms(), await ask()];
      test.signal('temporal', 'SIGCONT');
      expect({ code: gone.code, says: gone.stderr }).toEqual({ code: 1, says: expect.stringMatching(/Temporal does not answer at 127/) });
      expect({ code: offline.code, says: offline.stdout }).toEqual({
        code: 0,
        says: expect.stringMatching(new RegExp(`^Version ${candidate} is out of traffic, 1 answers\\.`)),
      });
      expect(served).toEqual(['champion 1']);
      expect(answer).toMatchObject({ status: 200, version: '1' });

      const { client, place } = test.session;
      await until(async () => (await test.command('status')).code === 0 || undefined);
      await client.schedule.getHandle(tidyId(place.installation)).trigger();
      await until(async () => (await state()).champion === '1' || undefined);
      await replay.settle();
      expect(await test.session.ports.registry.aliases(model)).toMatchObject({ champion: '1' });
      await until(async () => (await statusTag(candidate)) === 'rolled-back' || undefined);
      expect(await arms()).toEqual(['champion 1']);
    });
  });

  describe('mode advise', () => {
    it('given a decision, when it is only advised, then it waits, a stale id is refused, and the right one begins the work', async () => {
      await fine('apply', file('advise'), '--replay');
      const { proposed } = (await replay.turn()).state;
      expect(proposed?.action.kind).toBe('retrain');
      const waiting = `Waiting for a person to apply retrain: anchorwatch apply-decision ${model} ${proposed?.decision}`;
      expect((await fine('status', model)).stdout).toContain(waiting);
      await told(/Waiting for a person: anchorwatch apply-decision/);

      const newer = (await replay.turn()).state.proposed;
      expect(newer?.decision).not.toBe(proposed?.decision);
      expect(await faulty('apply-decision', model, proposed?.decision as string)).toContain(
        `The decision that waits is ${newer?.decision}: a newer one took the place of ${proposed?.decision}.`,
      );
      expect((await fine('apply-decision', model, newer?.decision as string)).stdout).toContain(
        `Retraining for decision ${newer?.decision}`,
      );
      expect((await state()).proposed).toBeUndefined();
    });

    it('given work under way, when the model is retired, then it is cancelled, nothing is maintained, and traffic goes on', async () => {
      expect((await fine('retire', model, '--reason', 'replaced by another')).stdout).toContain('bike-demand is no longer maintained.');
      expect((await json('status')).models).toEqual([]);
      const { client, place } = test.session;
      const child = client.workflow.getHandle(childId(place.installation, 'retrain', model));
      await until(async () => (await child.describe()).status.name !== 'RUNNING' || undefined);
      expect(await ask()).toMatchObject({ status: 200, version: '1' });
      expect(await faulty('recover', model)).toContain('bike-demand was retired. Begin anew with: anchorwatch apply');
    });

    it('given a retired model, when its policy is applied again, then it goes on with its champion, its throttle and its record', async () => {
      const before = (await json('history', model)).records.length;
      await fine('apply', file('act'), '--replay');
      const { champion: standing, phase, attempts } = await replay.settle();
      expect({ standing, at: phase.at, hasAttempts: attempts.length > 0 }).toEqual({ standing: '1', at: 'idle', hasAttempts: true });
      expect((await json('history', model)).records.length).toBe(before + 1);
      expect((await replay.turn()).check.outcome).not.toBe('fail');
    });
  });

  describe('pause, loss and the record', () => {
    it('given a pause, when a week passes, then it is watched and nothing is decided; paused twice and resumed twice are refused', async () => {
      expect((await fine('pause', model, '--reason', 'warehouse is being moved')).stdout).toContain(
        'Paused by tester: warehouse is being moved. To go on: anchorwatch resume bike-demand',
      );
      expect(await faulty('pause', model, '--reason', 'again')).toContain('is paused already, by tester: warehouse is being moved');
      await told(/Paused by tester: warehouse is being moved/);
      const { check, state: paused } = await replay.turn();
      expect(check.report).toBeDefined();
      expect(paused.lastDecision).toMatchObject({ asOf: check.asOf, action: { kind: 'nothing' } });
      expect((await fine('why', model)).stdout).toContain('The model is paused: nothing is started until it is resumed.');
      expect((await fine('resume', model)).stdout).toContain('Waiting for the next check.');
      expect(await faulty('resume', model)).toContain('bike-demand is not paused.');
    });

    it('given an entity that was terminated, when it is recovered, then it goes on where it stood; applying first is refused', async () => {
      const { client, place } = test.session;
      const before = await state();
      await client.workflow.getHandle(entityId(place.installation, model)).terminate('test');
      expect(await faulty('status', model)).toContain('if its entity was lost: anchorwatch recover bike-demand');
      expect(await faulty('apply', file('act'), '--replay')).toContain('First: anchorwatch recover bike-demand');
      expect((await fine('recover', model)).stdout).toMatch(/^bike-demand goes on from revision \d+ \(phase idle\)/);
      const after = await state();
      expect({ champion: after.champion, baseline: after.baseline, asOf: after.asOf }).toEqual({
        champion: before.champion,
        baseline: before.baseline,
        asOf: before.asOf,
      });
      expect(await faulty('recover', model)).toContain('bike-demand is maintained already. See: anchorwatch status bike-demand');
      expect((await replay.turn()).state.champion).toBe('1');
    });

    it('given all that happened, when the history is read, then the chain is unbroken, each record once, decisions with their action', async () => {
      const { records } = await json('history', model);
      expect(records.map(({ seq }: { seq: number }) => seq)).toEqual(records.map((_: unknown, at: number) => at));
      expect(new Set(records.map(({ key }: { key: string }) => key)).size).toBe(records.length);
      const { stdout } = await fine('history', model);
      expect(stdout).toMatch(/decision {15}retrain \(full\): No version is in service yet/);
      expect(stdout).toMatch(/decision {15}throttled until 2011-04-08 \(wanted: retrain\): /);
      expect(stdout).toContain(`${records.length} records, chain unbroken.`);
    });
  });

  function policy(name: string, otherwise: Record<string, unknown>): void {
    bikePolicy(join(test.folder, 'policies'), name, { ...quick, ...otherwise });
  }

  function file(name: string): string {
    return join('policies', `${name}.yaml`);
  }

  async function fine(...words: string[]): Promise<CommandResult> {
    return fineOf(await test.command(...words), words);
  }

  async function as(who: string, ...words: string[]): Promise<CommandResult> {
    return fineOf(await test.commandAs(who, ...words), words);
  }

  /** @returns standard error of a command that must end with exit code 1, say nothing else, and show no stack */
  async function faulty(...words: string[]): Promise<string> {
    const { code, stdout, stderr } = await test.command(...words);
    expect({ words, code, stdout }).toEqual({ words, code: 1, stdout: '' });
    expect(stderr).not.toMatch(/^\s+at /m);
    return stderr;
  }

  async function json(...words: string[]) {
    const { stdout } = await fine(...words, '--json');
    const body = JSON.parse(stdout);
    expect(body.schemaVersion).toBe(1);
    return body;
  }

  function texts(): string[] {
    return webhook.messages.map((message) => (message as { text: string }).text);
  }

  async function told(what: RegExp): Promise<string> {
    return until(() => texts().find((text) => what.test(text)));
  }

  async function state(): Promise<LifecycleState> {
    return (await requireStatus(test.session, model)).state;
  }

  async function champion(): Promise<string | undefined> {
    return (await state()).champion;
  }

  async function statusTag(version: string): Promise<string | undefined> {
    return (await test.session.ports.registry.find(model, version as Version))?.tags['anchorwatch.status'];
  }

  async function evidenceThatWaits(): Promise<string> {
    return until(async () => {
      const { phase } = await state();
      return phase.at === 'awaiting-approval' ? phase.evidence.slice(0, 12) : undefined;
    });
  }

  async function candidateInTraffic(): Promise<string> {
    await fine('apply', file('act'), '--replay');
    await fine('retrain', model, '--emergency', '--reason', 'a new candidate');
    const { phase } = await replay.settle();
    if (phase.at !== 'rolling-out') throw new Error(`the candidate did not go into traffic: ${JSON.stringify(phase)}`);
    return phase.candidate;
  }

  async function promoted(): Promise<string> {
    await fine('apply', file('at-once'), '--replay');
    await fine('retrain', model, '--emergency', '--reason', 'a new champion');
    const { champion: candidate, previous } = await replay.settle();
    expect({ previous, isNew: candidate !== '1' }).toEqual({ previous: '1', isNew: true });
    return candidate as string;
  }

  async function arms(): Promise<string[]> {
    const table = await test.session.ports.router.read(model);
    return (table?.arms ?? []).map(({ arm, version }) => `${arm} ${version}`);
  }

  /** One request as any caller's. */
  async function ask(): Promise<{ status: number; version?: string }> {
    const [hour] = readHours(join(example, 'data/replay.csv'));
    const answer = await fetch(`${test.stack.addresses.gateway}/models/${model}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: `asked-${texts().length}`, time: hour?.time, features: hour?.features }),
    });
    return { status: answer.status, ...((await answer.json()) as { version?: string }) };
  }
});

function fineOf(result: CommandResult, words: readonly string[]): CommandResult {
  expect({ words, ...result }).toEqual({ words, code: 0, stdout: expect.any(String), stderr: '' });
  return result;
}
