import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGatingActivities } from '../../activities/gating.ts';
import { createScoringActivities } from '../../activities/scoring.ts';
import { withConnection } from '../../adapters/scoring-tables/duckdb/connection.ts';
import { duckdbScoringTables } from '../../adapters/scoring-tables/duckdb/duckdb-scoring-tables.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import type { ScoredRows } from '../../domain/gates/scored-rows.ts';
import type { Verdict } from '../../domain/gates/verdict.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import { type DecisionId, type Digest, effectKey, type ModelName, type Version } from '../../domain/identity/names.ts';
import type { Gate } from '../../domain/policy/policy.ts';
import type { Scorer } from '../../domain/serving/scorer.port.ts';
import type { Artefacts } from '../../domain/store/artefacts.port.ts';
import type { PreparedData } from '../../domain/training/prepared-data.ts';
import type { RetrainOrder } from '../../domain/training/retrain.ts';
import { policyWith } from '../decision/decision-material.ts';

const model = 'bike-demand' as ModelName;
const decision = '2011-05-09T03:00:00.000Z-0123456789ab' as DecisionId;
const asOf = eventTime('2011-05-09T03:00:00Z');
const [champion, candidate] = ['3', '4'] as [Version, Version];
const hours = 720;

let stateRoot: string;
let artefacts: Artefacts;
beforeEach(async () => {
  stateRoot = await mkdtemp(join(tmpdir(), 'anchorwatch-scoring-'));
  artefacts = createArtefacts(createFileStore(join(stateRoot, 'store')));
});
afterEach(() => rm(stateRoot, { recursive: true, force: true }));

/** Thirty days of hours before `asOf`; the label is 2n. */
async function prepare(features: readonly string[] = ['n'], more: Partial<PreparedData> = {}): Promise<Digest> {
  const test = join(stateRoot, 'test.parquet');
  await withConnection((connection) =>
    connection.run(`COPY (
      SELECT 'h' || i AS hour_id, TIMESTAMP '2011-04-09' + INTERVAL (i) HOUR AS time, ${features.map((name) => `i AS "${name}"`).join(', ')},
        2.0 * i AS demand, 1.0 AS weight
      FROM range(${hours}) AS hours(i)
    ) TO '${test}' (FORMAT parquet)`),
  );
  const prepared: PreparedData = {
    kind: 'prepared-data',
    schemaVersion: 1,
    madeFrom: [],
    model,
    decision,
    asOf,
    files: { train: test, validation: test, test },
    contents: { train: '', validation: '', test: '' },
    rows: { train: hours, validation: hours, test: hours },
    columns: { id: 'hour_id', time: 'time', label: 'demand', weight: 'weight', features },
    window: { from: eventTime('2011-04-09'), to: eventTime('2011-05-09') },
    ...more,
  };
  return artefacts.save(prepared);
}

/** A model that is off by `size`, more on some rows than on others, and refuses what it is told to. */
function modelOff(size: number, refuses: (n: number) => boolean = () => false): Scorer & { requests: number } {
  return {
    requests: 0,
    async score(_url, _columns, rows) {
      this.requests += 1;
      const values = rows.map(([n]) => n as number);
      if (values.some(refuses)) return { outcome: 'refused', says: '400' };
      return { outcome: 'answered', predictions: values.map((n) => 2 * n + size * (1 + (n % 5) / 5)) };
    },
  };
}

function score(
  scorer: Scorer,
  version: Version,
  prepared: Digest,
  environment = new MockActivityEnvironment(),
  more: { shadow?: true } = {},
) {
  const { score } = createScoringActivities({ scorer, tables: duckdbScoringTables, artefacts, stateRoot });
  const order = { key: effectKey(decision, `score-${version}`), model, version, url: 'http://model', prepared, ...more };
  return environment.run(score, order) as ReturnType<typeof score>;
}

async function order(gates: readonly Gate[]): Promise<RetrainOrder> {
  const applied = { digest: await artefacts.save(policyWith({ gates })), folder: stateRoot, mode: 'act', approval: 'none' };
  return { decision, model, asOf, policy: applied, strategy: 'full', champion, because: 'a test' } as unknown as RetrainOrder;
}

const gates: readonly Gate[] = [
  { gate: 'minimum', metric: 'mae', value: 60 },
  { gate: 'not-worse', metric: 'mae', margin: { by: 0, of: 'relative' }, recentDays: 56 },
];

describe('scoring', () => {
  it('given a version, when it is scored, then all rows stand in one file and progress was told', async () => {
    const environment = new MockActivityEnvironment();
    const told: unknown[] = [];
    environment.on('heartbeat', (details: unknown) => told.push(details));
    const { scored, rows, failures } = await score(modelOff(5), candidate, await prepare(), environment);
    expect({ rows, failures }).toEqual({ rows: hours, failures: 0 });
    expect(told).toEqual([
      { rows: 500, of: hours, failures: 0 },
      { rows: hours, of: hours, failures: 0 },
    ]);
    const artefact = await artefacts.read<ScoredRows>('scored-rows', scored);
    expect(artefact?.path.startsWith(`${stateRoot}/scored/bike-demand/4-`)).toBe(true);
    expect((await duckdbScoringTables.read(artefact as ScoredRows))[10]).toMatchObject({ id: 'h10', label: 20, prediction: 25 });
  });

  it('given a worker that died after the file was written, when it is scored again, then nobody is asked and the digest is the same', async () => {
    const prepared = await prepare();
    const [first, second] = [modelOff(5, (n) => n === 3), modelOff(7)];
    const before = await score(first, candidate, prepared);
    expect(await score(second, candidate, prepared)).toEqual(before);
    expect(before).toMatchObject({ rows: hours - 1, failures: 1 });
    expect(second.requests).toBe(0);
  });

  it('given rows without a label yet, when a candidate is scored, then its answers to them stand in a file of their own, and failures there are none of its own', async () => {
    const file = join(stateRoot, 'unlabelled.parquet');
    await withConnection((connection) =>
      connection.run(`COPY (SELECT 'u' || i AS hour_id, TIMESTAMP '2011-05-09' + INTERVAL (i) HOUR AS time, 1000 + i AS n
        FROM range(48) AS hours(i)) TO '${file}' (FORMAT parquet)`),
    );
    const prepared = await prepare(['n'], { unlabelled: { file, content: '', rows: 48 } });
    const model = modelOff(0, (n) => n === 1003);
    const { scored, failures } = await score(model, candidate, prepared, undefined, { shadow: true });
    const { shadow } = (await artefacts.read<ScoredRows>('scored-rows', scored)) as ScoredRows;
    expect({ failures, rows: shadow?.rows }).toEqual({ failures: 0, rows: 47 });
    const answers = await withConnection(async (connection) =>
      (await connection.run(`SELECT hour_id, prediction, version FROM read_parquet('${shadow?.path}') WHERE n = 1010`)).getRowsJS(),
    );
    expect(answers).toEqual([['u10', 2020n, candidate]]);
    const asChampion = await score(modelOff(0), champion, prepared);
    expect((await artefacts.read<ScoredRows>('scored-rows', asChampion.scored))?.shadow).toBeUndefined();
  });

  it('given an endpoint that goes away, when it is scored, then the fault may pass and no file is left', async () => {
    const prepared = await prepare();
    const down: Scorer = { score: () => Promise.reject(new Error('does not answer')) };
    await expect(score(down, candidate, prepared)).rejects.toThrow('does not answer');
    await expect(stat(`${stateRoot}/scored/bike-demand/4-${prepared.slice(0, 12)}.parquet`)).rejects.toThrow();
    expect((await score(modelOff(5), candidate, prepared)).rows).toBe(hours);
  });

  it('given an activity that is cancelled, when it is scored, then it stops between batches', async () => {
    const prepared = await prepare();
    const environment = new MockActivityEnvironment();
    const scorer = modelOff(5);
    environment.on('heartbeat', () => environment.cancel());
    await expect(score(scorer, candidate, prepared, environment)).rejects.toThrow('CANCELLED');
    expect(scorer.requests).toBe(1);
  });

  it('given a feature called prediction, when it is scored, then the name is refused with a remedy', async () => {
    const prepared = await prepare(['n', 'Prediction']);
    await expect(score(modelOff(5), candidate, prepared)).rejects.toMatchObject({ type: 'ColumnNameTaken', nonRetryable: true });
  });
});

describe('judging', () => {
  const judge = async (candidateModel: Scorer, championModel?: Scorer) => {
    const prepared = await prepare();
    const { scored: candidateRows } = await score(candidateModel, candidate, prepared);
    const championRows = championModel && (await score(championModel, champion, prepared)).scored;
    const { judge } = createGatingActivities({ artefacts, tables: duckdbScoringTables });
    const judgeOrder = { order: await order(gates), candidate, prepared, candidateRows, ...(championRows ? { championRows } : {}) };
    return { ...(await judge(judgeOrder)), judgeOrder, judge };
  };

  it('given a better candidate, when it is judged twice, then it passes, with one verdict that names what it was made from', async () => {
    const { outcome, verdict, says, judgeOrder, judge: again } = await judge(modelOff(5), modelOff(40));
    expect(outcome).toBe('pass');
    expect(says).toContain("against the champion's");
    expect(await again(judgeOrder)).toEqual({ outcome, verdict, says });
    const saved = await artefacts.read<Verdict>('verdict', verdict);
    expect(saved).toMatchObject({ candidate, champion, decision, rows: hours });
    expect(saved?.madeFrom).toEqual([
      judgeOrder.order.policy.digest,
      judgeOrder.prepared,
      judgeOrder.candidateRows,
      judgeOrder.championRows,
    ]);
  });

  it('given a worse candidate, when it is judged, then it is refused', async () => {
    expect((await judge(modelOff(50), modelOff(20))).outcome).toBe('fail');
  });

  it('given a candidate that leaves many rows unanswered, when it is judged, then it is refused for that', async () => {
    const { outcome, says } = await judge(
      modelOff(5, (n) => n % 20 === 0),
      modelOff(40),
    );
    expect(outcome).toBe('fail');
    expect(says).toContain('no usable answer');
  });

  it('given a champion nobody scored, when the candidate is judged, then nothing is proven', async () => {
    expect((await judge(modelOff(5))).outcome).toBe('inconclusive');
  });

  it('given rows of another version, when it is judged, then they are not taken for its own', async () => {
    const { judgeOrder, judge: again } = await judge(modelOff(5), modelOff(40));
    const swapped = { ...judgeOrder, candidateRows: judgeOrder.championRows as Digest };
    await expect(again(swapped)).rejects.toMatchObject({ type: 'ScoredRowsMismatch', nonRetryable: true });
  });
});
