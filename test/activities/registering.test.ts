import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegisteringActivities } from '../../activities/registering.ts';
import { gitCodeCommit } from '../../adapters/code-commit/git/git-code-commit.ts';
import { createMlflowRegistry } from '../../adapters/registry/mlflow/mlflow-registry.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import type { Verdict } from '../../domain/gates/verdict.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import { type DecisionId, type Digest, effectKey, type ModelName, type Version } from '../../domain/identity/names.ts';
import type { RetrainOrder } from '../../domain/training/retrain.ts';
import type { TrainingRun } from '../../domain/training/training-run.ts';
import { logLinearModel, type MlflowServer, mlflowBin, startMlflow, whyNoMlflow } from '../servers/mlflow.ts';

const model = 'bike-demand' as ModelName;
const decision = '2011-05-09T03:00:00.000Z-0123456789ab' as DecisionId;
const asOf = eventTime('2011-05-09T03:00:00Z');
const digest = (digit: string) => digit.repeat(64) as Digest;

describe.skipIf(mlflowBin() === undefined)(`registering (skipped when ${whyNoMlflow})`, () => {
  let server: MlflowServer;
  let folder: string;
  beforeAll(async () => {
    server = await startMlflow();
    folder = await mkdtemp(join(tmpdir(), 'anchorwatch-registering-'));
  }, 300_000);
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('given a training run, when it is registered, judged and closed, each step twice, then MLflow tells the whole story once', async () => {
    const registry = createMlflowRegistry({ trackingUri: server.trackingUri, authorization: async () => undefined });
    const artefacts = createArtefacts(createFileStore(join(folder, 'store')));
    const activities = createRegisteringActivities({ registry, artefacts, codeCommit: gitCodeCommit });
    const commit = await committed(folder);
    const runId = await registry.ensureRun(model, effectKey(decision, 'train'), {});
    const { modelUri } = await logLinearModel(server, runId);
    const run: TrainingRun = {
      kind: 'training-run',
      schemaVersion: 1,
      madeFrom: [],
      model,
      decision,
      key: effectKey(decision, 'train'),
      policy: digest('a'),
      prepared: digest('b'),
      runId,
      modelUri,
      metrics: {},
      seconds: 1,
    };
    const training = await artefacts.save(run);
    const policy = { digest: digest('a'), folder, mode: 'act', approval: 'none' } as const;
    const order: RetrainOrder = { decision, model, asOf, policy, strategy: 'full', because: 'a test' };

    const { version } = await activities.registerCandidate(order, training);
    expect(await activities.registerCandidate(order, training)).toMatchObject({ version: '1', says: expect.stringContaining('version 1') });

    const verdict: Verdict = {
      kind: 'verdict',
      schemaVersion: 1,
      madeFrom: [digest('b')],
      model,
      decision,
      asOf,
      policy: digest('a'),
      candidate: version,
      outcome: 'fail',
      gates: [
        {
          gate: 'minimum',
          metric: 'mae',
          outcome: 'fail',
          candidate: 91.5,
          threshold: 60,
          rows: 720,
          policyPath: '/gates/0',
          says: 'mae 91.5 on 720 rows, at most 60 asked.',
        },
      ],
      rows: 720,
    };
    const judged = { model, version, verdict: await artefacts.save(verdict) };
    const closing = { key: effectKey(decision, 'close'), model, version, status: 'refused', reason: 'mae 91.5, at most 60 asked' } as const;
    for (const _ of ['once', 'and again']) {
      await activities.recordVerdict(judged);
      await activities.closeCandidate(closing);
    }

    expect(await registry.find(model, version)).toMatchObject({
      runId,
      description: closing.reason,
      tags: {
        'anchorwatch.status': 'refused',
        'anchorwatch.reason': closing.reason,
        'anchorwatch.decision': decision,
        'anchorwatch.data-digest': digest('b'),
        'anchorwatch.policy': digest('a'),
        'anchorwatch.code-commit': commit,
        'anchorwatch.verdict': judged.verdict,
        'anchorwatch.verdict-outcome': 'fail',
      },
    });
    expect(await registry.find(model, '2' as Version)).toBeUndefined();
    const seen = await (await fetch(`${server.trackingUri}/api/2.0/mlflow/runs/get?run_id=${runId}`)).text();
    expect(seen).toContain('gate/minimum/mae/candidate');
    const text = await fetch(`${server.trackingUri}/get-artifact?run_id=${runId}&path=anchorwatch/verdict.md`);
    expect(await text.text()).toContain('bike-demand version 1: refused');

    const move = { model, key: effectKey(decision, 'alias'), epoch: 1, from: {}, to: { champion: version } };
    expect(await activities.moveAliases(move)).toEqual({ outcome: 'moved' });
    expect(await activities.readAliases(model)).toEqual({ champion: version });
  }, 300_000);

  it('given a version someone deleted, when it is closed, then the failure is final and says so', async () => {
    const registry = createMlflowRegistry({ trackingUri: server.trackingUri, authorization: async () => undefined });
    const activities = createRegisteringActivities({
      registry,
      artefacts: createArtefacts(createFileStore(folder)),
      codeCommit: gitCodeCommit,
    });
    const closing = { key: effectKey(decision, 'close'), model, version: '99' as Version, status: 'refused', reason: '' } as const;
    await expect(activities.closeCandidate(closing)).rejects.toMatchObject({ type: 'VersionMissing', nonRetryable: true });
    const move = { model, key: effectKey(decision, 'alias-99'), epoch: 9, from: {}, to: { champion: '99' as Version } };
    await expect(activities.moveAliases(move)).rejects.toMatchObject({ type: 'RegistryRefusal', nonRetryable: true });
  });
});

it('given a registry that is down, when aliases are read, then the failure is one that retries mend', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as { port: number };
  await new Promise((resolve) => closed.close(resolve));
  const registry = createMlflowRegistry({ trackingUri: `http://127.0.0.1:${port}`, authorization: async () => undefined });
  const activities = createRegisteringActivities({
    registry,
    artefacts: createArtefacts(createFileStore(tmpdir())),
    codeCommit: gitCodeCommit,
  });
  await expect(activities.readAliases(model)).rejects.not.toHaveProperty('nonRetryable', true);
});

it('given a folder, when its commit is asked for, then changed files are told and no repository is no fault', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anchorwatch-commit-'));
  expect(await gitCodeCommit.of(folder)).toBeUndefined();
  const commit = await committed(folder);
  expect(await gitCodeCommit.of(folder)).toBe(commit);
  await writeFile(join(folder, 'train.py'), 'print("changed")');
  expect(await gitCodeCommit.of(folder)).toBe(`${commit}-dirty`);
  await rm(folder, { recursive: true, force: true });
});

async function committed(folder: string): Promise<string> {
  const git = (...words: string[]) =>
    promisify(execFile)('git', ['-C', folder, '-c', 'user.name=test', '-c', 'user.email=test@example.org', ...words]);
  await writeFile(join(folder, 'train.py'), 'print("first")');
  await git('init', '-q');
  await git('add', 'train.py');
  await git('commit', '-q', '-m', 'first');
  return (await git('rev-parse', 'HEAD')).stdout.trim();
}
