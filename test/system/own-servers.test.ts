import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { S3StoreSettings } from '../../adapters/store/s3/s3-store.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import { examine } from '../../scripts/doctor/examine.ts';
import { startStack } from '../../scripts/embedded/stack.ts';
import { readAudit } from '../../scripts/models/audit.ts';
import { give, requireStatus } from '../../scripts/models/entity.ts';
import { maintain } from '../../scripts/models/maintain.ts';
import { readHours } from '../../scripts/replay/hours.ts';
import { Replay, type Turn } from '../../scripts/replay/replay.ts';
import { type MlflowServer, startMlflow } from '../servers/mlflow.ts';
import { type S3Server, startS3 } from '../servers/s3.ts';
import { startTemporal, type TemporalServer } from '../servers/temporal.ts';
import { startTokenGuard, type TokenGuard } from '../servers/token-guard.ts';
import { startWebhook, type Webhook } from '../servers/webhook.ts';
import { until } from '../until.ts';
import { bikePolicy, example, savedPolicy, trainProgram } from './bike-policy.ts';
import { startTestStack, type TestStack } from './stack.ts';

const model = 'bike-demand' as ModelName;
const namespace = 'ours';
const from = eventTime('2011-04-01');

/** Each would be found wherever it went: none is part of another, or of anything else. */
const secrets = {
  webhook: 'canary-webhook-6b1f0d7e',
  mlflowToken: 'canary-token-93c2a45d',
  s3Key: 'CANARYKEY58E1',
  s3Secret: 'canary-s3-secret-17f4be60',
};

describe('an installation on servers of its own: Temporal by address, MLflow behind a token, the store in a bucket', () => {
  const outside = mkdtempSync(join(tmpdir(), 'anchorwatch-own-'));
  const told: string[] = [];
  let temporal: TemporalServer;
  let mlflow: MlflowServer;
  let guard: TokenGuard;
  let s3: S3Server;
  let bucket: S3StoreSettings;
  let webhook: Webhook;
  let env: NodeJS.ProcessEnv;
  let test: TestStack;
  let turn: Turn;

  beforeAll(async () => {
    [temporal, mlflow, s3, webhook] = await Promise.all([startTemporal(), startMlflow(), startS3(), startWebhook(secrets.webhook, 1)]);
    guard = await startTokenGuard(mlflow.trackingUri, secrets.mlflowToken);
    bucket = await s3.newBucket();
    writeFileSync(join(outside, 'mlflow-token'), `${secrets.mlflowToken}\n`);
    env = { BIKE_WEBHOOK: webhook.url, BUCKET_KEY: secrets.s3Key, BUCKET_SECRET: secrets.s3Secret };
    configure(outside);
  }, 300_000);

  afterAll(async () => {
    await test?.stop();
    await Promise.all([temporal, mlflow, s3].map((server) => server?.stop()));
    await Promise.all([guard, webhook].map((server) => server?.close()));
    rmSync(outside, { recursive: true, force: true });
  }, 120_000);

  describe('before Temporal is prepared', () => {
    const where = () => ({ cwd: outside, env: { ...process.env, ...env, ANCHORWATCH_STATE: join(outside, 'state') } });

    it('given no such namespace, when the stack is started, then it says which, and the command that makes it', async () => {
      const start = startStack({ ...where(), ports: 'any', say: () => undefined });
      await expect(start).rejects.toThrow(
        new RegExp(
          `worker ended while it was starting[\\s\\S]*has no namespace "${namespace}"[\\s\\S]*temporal operator namespace create .*--namespace ${namespace} --address ${temporal.address}`,
        ),
      );
    });

    it('given what doctor finds wrong, when its commands are run as they stand, then nothing is wrong any more', async () => {
      for (const missing of ['namespace', 'search-attribute']) {
        const ill = (await examine(where())).filter(({ state }) => state === 'ill');
        told.push(JSON.stringify(ill));
        const remedy = ill.find(({ part, remedy }) => part === 'Temporal' && remedy?.includes(`operator ${missing} create`))?.remedy;
        expect(remedy).toBeDefined();
        await untilRun(remedy as string);
      }
      const findings = await examine(where());
      told.push(JSON.stringify(findings));
      expect(findings.filter(({ state }) => state === 'ill')).toEqual([]);
      expect(findings.filter(({ state }) => state === 'well').map(({ part }) => part)).toEqual(
        expect.arrayContaining(['Temporal', 'MLflow', 'Store']),
      );
    });

    it('given a wrong token, when doctor looks, then MLflow refuses us, and it says where the token is named', async () => {
      const folder = join(outside, 'wrong');
      mkdirSync(folder);
      configure(folder, join(folder, 'token'));
      writeFileSync(join(folder, 'token'), 'canary-wrong-token');
      const findings = await examine({ ...where(), cwd: folder });
      expect(findings.find(({ part }) => part === 'MLflow')).toMatchObject({
        state: 'ill',
        says: `${guard.url} refuses us (401)`,
        remedy: expect.stringContaining('mlflow.auth in anchorwatch.config.yaml'),
      });
      expect(JSON.stringify(findings)).not.toContain('canary-wrong-token');
    });
  });

  describe('when it is up', () => {
    beforeAll(async () => {
      test = await startTestStack({ env: env as Record<string, string>, prepare: (folder) => configure(folder) });
      const { session } = test;
      const file = bikePolicy(join(outside, 'policy'), 'anchorwatch', {
        notify: { slack: 'env:BIKE_WEBHOOK' },
        retrain: { train: { command: trainProgram } },
      });
      await maintain(session, file.policy, await savedPolicy(session, file), { who: 'tester', clock: 'replay', asOf: from });
      const replay = new Replay({
        session,
        policy: file.policy,
        hours: readHours(join(example, 'data/replay.csv')),
        from,
        knownAfterDays: 3,
        inFlight: 8,
      });
      await replay.settle();
      turn = await replay.turn();
      const request = { emergency: true, who: 'tester', reason: 'to see it retrained' };
      await give(session, model, { kind: 'requested', request, asOf: turn.slot });
      await replay.settle();
      await replay.close();
    }, 1_800_000);

    it('given the same code as ever, when it has run, then a model was trained, checked and retrained, and no server of ours was started', async () => {
      expect(turn.sent).toMatchObject({ answered: turn.sent.requests, failures: {} });
      expect(turn.check.report).toBeDefined();
      const { state } = await requireStatus(test.session, model);
      expect(state).toMatchObject({ champion: '1', phase: { at: 'rolling-out', candidate: '2' } });
      expect(Object.keys(JSON.parse(readFileSync(join(test.stateRoot, 'stack.json'), 'utf8')).processes).sort()).toEqual([
        'gateway',
        'heavy-worker',
        'worker',
      ]);
    });

    it('given MLflow behind a token, when programs and servers of ours came, then all of them brought it', () => {
      expect(guard.letIn()).toBeGreaterThan(20);
      expect(guard.turnedAway()).toBe(1);
    });

    it('given the store in a bucket, when it is listed, then all is there, whole, and nothing is in the state folder', async () => {
      const kinds = new Set((await objects()).map(({ name }) => name.split('/')[1]));
      expect(kinds).toEqual(
        new Set(['artefacts', 'audit', 'doctor', 'grids', 'ledger', 'looks', 'notified', 'policy-lines', 'slices', 'state']),
      );
      expect(readdirSync(test.stateRoot)).not.toContain('store');
      const audit = [];
      for await (const record of readAudit(test.session.ports, model)) audit.push(record);
      expect(audit.map(({ what }) => what)).toEqual(expect.arrayContaining(['policy-applied', 'decision', 'verdict']));
      const report = await test.session.ports.artefacts.read('report', turn.check.report as Digest);
      expect(report).toMatchObject({ kind: 'report', model });
    });

    it('given a receiver that refused the first message, when all is done, then people got each message once', async () => {
      const texts = await until(() => {
        const said = webhook.messages.map((message) => (message as { text: string }).text);
        return said.some((text) => text.includes('to see it retrained')) ? said : undefined;
      });
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts.some((text) => text.includes('first model'))).toBe(true);
    });

    describe('and its secrets are looked for', () => {
      const places: { name: string; read: () => Promise<Found[]> }[] = [
        { name: 'state folder with logs, runs and servers', read: async () => filesBelow(test.stateRoot) },
        { name: 'bucket', read: objects },
        { name: 'Temporal histories, memos and descriptions', read: histories },
        { name: "Temporal's database", read: async () => rowsOf(await temporal.copyDatabase()) },
        { name: "MLflow's database", read: () => rowsOf(join(mlflow.folder, 'mlflow.db')) },
        { name: "MLflow's artifacts", read: async () => filesBelow(join(mlflow.folder, 'artifacts')) },
        { name: 'command lines', read: commandLines },
      ];

      it.each(places)(
        'given the $name, when every byte is read, then none of them is there, and what must be there is',
        async ({ name, read }) => {
          const found = await read();
          const holding = (text: string) => found.filter(({ bytes }) => bytes.includes(text)).map((one) => one.name);
          expect(holding(name === "MLflow's artifacts" ? 'sklearn' : name === 'command lines' ? 'mlflow' : model)).not.toEqual([]);
          for (const secret of Object.values(secrets)) {
            expect(holding(secret)).toEqual([]);
            expect(holding(Buffer.from(secret).toString('base64').slice(0, -4))).toEqual([]);
          }
        },
      );

      it('given their names, when histories and bucket are read, then those stand there', async () => {
        const holds = (found: Found[], text: string) => found.some(({ bytes }) => bytes.includes(text));
        expect(holds(await objects(), 'env:BIKE_WEBHOOK')).toBe(true);
        expect(holds(await histories(), 'The receiver of env:BIKE_WEBHOOK answered 503')).toBe(true);
      });

      it('given what doctor said all along, when it is read, then none of them is in it', () => {
        for (const secret of Object.values(secrets)) expect(told.join('\n')).not.toContain(secret);
      });
    });
  });

  interface Found {
    readonly name: string;
    readonly bytes: Buffer;
  }

  function configure(folder: string, tokenFile = join(outside, 'mlflow-token')): void {
    const configuration = {
      temporal: { address: temporal.address, namespace },
      mlflow: { trackingUri: guard.url, auth: { token: `file:${tokenFile}` } },
      store: {
        kind: 's3',
        bucket: bucket.bucket,
        endpoint: bucket.endpoint,
        prefix: 'models/',
        accessKeyId: 'env:BUCKET_KEY',
        secretAccessKey: 'env:BUCKET_SECRET',
      },
    };
    writeFileSync(join(folder, 'anchorwatch.config.yaml'), JSON.stringify(configuration));
  }

  /** Runs a command as it was told to a person. A namespace that was just made is known to every part of the server a moment later. */
  async function untilRun(command: string): Promise<void> {
    const path = `${dirname(temporal.program)}${delimiter}${process.env.PATH}`;
    await until(() =>
      promisify(execFile)('sh', ['-c', command], { env: { ...process.env, PATH: path } }).catch((fault: Error) => {
        if (!/not found|NotFound/.test(fault.message)) throw fault;
        return undefined;
      }),
    );
  }

  function filesBelow(folder: string): Found[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ name: path, bytes: readFileSync(path) }));
  }

  async function objects(): Promise<Found[]> {
    const client = new S3Client(bucket);
    const found: Found[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket.bucket })) {
      for (const { Key: key = '' } of Contents) {
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket.bucket, Key: key }));
        found.push({ name: key, bytes: Buffer.from((await body?.transformToByteArray()) ?? []) });
      }
    }
    client.destroy();
    return found;
  }

  async function histories(): Promise<Found[]> {
    const { client } = test.session;
    const found: Found[] = [];
    for await (const { workflowId, runId } of client.workflow.list()) {
      const handle = client.workflow.getHandle(workflowId, runId);
      const bytes = Buffer.concat([await handle.fetchHistory(), (await handle.describe()).raw].map(bytesWithin));
      found.push({ name: `${workflowId} ${runId}`, bytes });
    }
    return found;
  }

  /** Every value of every row, as it is stored. */
  async function rowsOf(database: string): Promise<Found[]> {
    const program = [
      'import sqlite3, sys',
      'base = sqlite3.connect(f"file:{sys.argv[1]}?mode=rw", uri=True)',
      'base.text_factory = bytes',
      'for (table,) in base.execute("select name from sqlite_master where type = \'table\'").fetchall():',
      '    for row in base.execute(f\'select * from "{table.decode()}"\'):',
      '        for value in row:',
      '            sys.stdout.buffer.write((value if isinstance(value, bytes) else str(value).encode()) + b"\\n")',
    ].join('\n');
    const { stdout } = await promisify(execFile)(join(mlflow.bin, 'python'), ['-c', program, database], {
      encoding: 'buffer',
      maxBuffer: 2 ** 30,
    });
    return [{ name: database, bytes: stdout }];
  }

  async function commandLines(): Promise<Found[]> {
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return processes.flatMap((pid) => {
      try {
        return [{ name: pid, bytes: readFileSync(`/proc/${pid}/cmdline`) }];
      } catch {
        return [];
      }
    });
  }
});

/** All text and all bytes inside a message, one after another. */
function bytesWithin(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.from(`${value}\n`);
  if (value instanceof Uint8Array) return Buffer.concat([value, Buffer.from('\n')]);
  if (value === null || typeof value !== 'object') return Buffer.alloc(0);
  return Buffer.concat(Object.values(value).map(bytesWithin));
}
