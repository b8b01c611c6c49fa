import { mkdtempSync, rmSync } from 'node:fs';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSealedLog } from '../../adapters/router/gateway/sealed-log.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName } from '../../domain/identity/names.ts';
import type { Report } from '../../domain/report/report.ts';
import type { PredictionRecord } from '../../domain/traffic/record.ts';
import { readAudit } from '../../scripts/models/audit.ts';
import { maintain } from '../../scripts/models/maintain.ts';
import type { PolicyFile } from '../../scripts/models/policies.ts';
import type { Session } from '../../scripts/models/session.ts';
import { readHours } from '../../scripts/replay/hours.ts';
import { Replay, type Turn } from '../../scripts/replay/replay.ts';
import { bikePolicy, example, savedPolicy, trainProgram } from './bike-policy.ts';
import { startTestStack } from './stack.ts';

const model = 'bike-demand' as ModelName;
const from = eventTime('2011-04-01');
/** The first of them end in a retraining and its canary. */
const weeks = 6;

interface Told {
  readonly turns: readonly Turn[];
  readonly decisions: readonly { readonly decision: Decision; readonly reports: readonly Report[] }[];
  /** Of each stage of the chain: what happened, why, and as of when. */
  readonly audit: readonly string[];
  readonly records: readonly PredictionRecord[];
  readonly versions: readonly string[];
}

describe('one stretch of traffic, played at two speeds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-speeds-'));
  const file = bikePolicy(folder, 'anchorwatch', {
    performance: { drop: '15 points' },
    retrain: { throttle: { between: '14d', attempts: '9 per 120d' }, train: { command: trainProgram } },
    gates: [{ minimum: { mae: 200 } }],
    rollOut: {
      steps: ['20%', '50%', '100%'],
      minimumUnits: [20, 40, 40],
      guardrails: { errors: { harmMargin: 2, absoluteMargin: '30%' } },
    },
  });
  let slow: Told;
  let fast: Told;

  beforeAll(async () => {
    slow = await played(file, 1, 4);
    fast = await played(file, 16, 0);
  }, 1_800_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('given one request at a time or sixteen, when the weeks are over, then decisions and reports are byte for byte the same', () => {
    const written = (told: Told) => namesLeftOut(told.decisions.map(({ decision, reports }) => canonicalJson({ decision, reports })));
    expect(written(fast)).toEqual(written(slow));
  });

  it('given one request at a time or sixteen, when the weeks are over, then a retraining and a canary were among them', () => {
    expect(slow.decisions.map(({ decision }) => decision.action.kind)).toContain('retrain');
    expect(new Set(slow.records.map(({ candidateShare }) => candidateShare))).toEqual(new Set([0, 0.2, 0.5]));
    expect(slow.turns.at(-1)?.state.champion).toBe('2');
  });

  it('given one request at a time or sixteen, when each slot is looked at, then checks and states say the same', () => {
    const seen = ({ turns }: Told) =>
      turns.map(({ slot, sent, check, state }) => {
        const { phase, champion, previous, attempts, lastDecision, asOf, revision, baseline } = state;
        return JSON.stringify({ slot, sent, check, phase, champion, previous, attempts, lastDecision, asOf, revision, baseline });
      });
    expect(namesLeftOut(seen(fast))).toEqual(namesLeftOut(seen(slow)));
  });

  it('given one request at a time or sixteen, when each was answered, then by the same arm, version, share and epoch', () => {
    const answered = ({ records }: Told) =>
      Object.fromEntries(
        records.map(({ id, arm, version, epoch, candidateShare, status, prediction }) => [
          id,
          { arm, version, epoch, candidateShare, status, prediction },
        ]),
      );
    expect(slow.records.length).toBeGreaterThan((weeks - 1) * 160);
    expect(answered(fast)).toEqual(answered(slow));
  });

  it('given one request at a time or sixteen, when the record is read, then it tells the same story of the same versions', () => {
    expect(namesLeftOut(fast.audit)).toEqual(namesLeftOut(slow.audit));
    expect(namesLeftOut(fast.versions)).toEqual(namesLeftOut(slow.versions));
  });
});

/**
 * Digests, and the ids made of them, by the order in which they come instead. A digest names the very bytes of the log, and those hold
 * how long each answer took and in which order the answers came, which is what speed changes; and scored rows name the file they are
 * in, which is in the state folder of each run.
 */
function namesLeftOut(texts: readonly string[]): string[] {
  const numbers = new Map<string, number>();
  return texts.map((text) =>
    text.replace(/\b[0-9a-f]{64}\b|(?<=Z-)[0-9a-f]{12}\b/g, (name) => {
      const short = name.slice(0, 12);
      if (!numbers.has(short)) numbers.set(short, numbers.size);
      return `#${numbers.get(short)}`;
    }),
  );
}

async function played(file: PolicyFile, inFlight: number, delayMilliseconds: number): Promise<Told> {
  const test = await startTestStack();
  const delay = await startDelay(test.session.configuration.gateway.url, delayMilliseconds);
  try {
    const { session } = test;
    await maintain(session, file.policy, await savedPolicy(session, file), { who: 'tester', clock: 'replay', asOf: from });
    const replay = new Replay({
      session: throughGateway(session, delay.url),
      policy: file.policy,
      hours: readHours(join(example, 'data/replay.csv')),
      from,
      knownAfterDays: 3,
      inFlight,
    });
    expect((await replay.settle()).champion).toBe('1');
    const turns: Turn[] = [];
    for (let week = 0; week < weeks; week += 1) turns.push(await replay.turn());
    await replay.close();
    return { turns, ...(await recorded(session, test.stateRoot)) };
  } finally {
    await delay.close();
    await test.stop();
  }
}

function throughGateway(session: Session, url: string): Session {
  return { ...session, configuration: { ...session.configuration, gateway: { ...session.configuration.gateway, url } } };
}

/** Passes requests on to the gateway, each a little later: a slow caller. */
async function startDelay(upstream: string, milliseconds: number): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    setTimeout(() => {
      const onward = ask(`${upstream}${request.url}`, { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    }, milliseconds);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

async function recorded(session: Session, stateRoot: string): Promise<Omit<Told, 'turns'>> {
  const { artefacts, registry } = session.ports;
  const audit: string[] = [];
  const decisions: { decision: Decision; reports: Report[] }[] = [];
  for await (const record of readAudit(session.ports, model)) {
    audit.push([record.asOf, record.what, record.says].join(' | '));
    if (record.what !== 'decision') continue;
    const decision = (await artefacts.read<Decision>('decision', record.evidence as Digest)) as Decision;
    const reports = decision.inputs.reports.map(async (report) => (await artefacts.read<Report>('report', report)) as Report);
    decisions.push({ decision, reports: await Promise.all(reports) });
  }
  const log = createSealedLog(stateRoot);
  const segments = await log.segmentsAfter(model);
  const records = (await Promise.all(segments.map((segment) => log.read(model, segment)))).flat();
  const versions: string[] = [];
  for (const version of ['1', '2', '3'] as never[]) {
    const found = await registry.find(model, version);
    if (found) versions.push(`${version}: ${found.tags['anchorwatch.status']}, ${found.tags['anchorwatch.decision'] as DecisionId}`);
  }
  return { audit, decisions, records, versions };
}
