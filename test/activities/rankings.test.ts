import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createGatingActivities } from '../../activities/gating.ts';
import { createPreparingActivities } from '../../activities/preparing.ts';
import { createScoringActivities } from '../../activities/scoring.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { createDuckdbPreparation } from '../../adapters/preparation/duckdb/preparation.ts';
import { duckdbScoringTables } from '../../adapters/scoring-tables/duckdb/duckdb-scoring-tables.ts';
import type { ScoredRows } from '../../domain/gates/scored-rows.ts';
import type { Verdict } from '../../domain/gates/verdict.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { type DecisionId, type Digest, effectKey, type Version } from '../../domain/identity/names.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Report } from '../../domain/report/report.ts';
import type { Scorer } from '../../domain/serving/scorer.port.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import type { PreparedData } from '../../domain/training/prepared-data.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const text = `model: shelf
task: {kind: ranking, query: [user, night]}
sources:
  predictions: {files: "shown/*.csv", id: [user, night, item], time: night, prediction: score}
  outcomes: {files: "clicked/*.csv", id: [user, night, item], label: clicks, knownAt: at, maturesAfter: 5d, absentMeans: 0}
columns: {ignore: [item]}
baseline: {window: 8w}
watch: {window: 7d}
retrain: {train: {command: "true", split: 50/10/40}}
gates: [{minimum: {ndcg: 10%}}, notWorse]
`;
const start = eventTime('2024-01-01');
const nights = 94;
/** From this night on the order no longer knows what people like. */
const broken = 80;

/** Each night 20 items for each of 16 users, told by the week. Only clicks are told, one or two days later, in files of three days. */
async function writeNights(folder: string): Promise<void> {
  const random = seededRandom(11);
  const clicks = new Map<number, string[]>();
  const header = 'user,night,item,score,price';
  let shown = [header];
  await Promise.all(['shown', 'clicked'].map((name) => mkdir(join(folder, name), { recursive: true })));
  for (let night = 0; night < nights; night += 1) {
    const at = plusDays(start, night);
    const date = at.slice(0, 10);
    for (let row = 0; row < 16 * 20; row += 1) {
      const key = `u${row % 16},${date},i${Math.floor(row / 16)}`;
      const liking = random();
      shown.push(`${key},${((night < broken ? 0.7 : 0) * liking + 0.3 * random()).toFixed(2)},${(10 + 5 * random()).toFixed(2)}`);
      if (random() > 0.5 * liking ** 4) continue;
      const known = night + (random() < 0.5 ? 1 : 2);
      const file = Math.floor(known / 3);
      clicks.set(file, [...(clicks.get(file) ?? []), `${key},1,${plusDays(start, known)}`]);
    }
    if (night % 7 !== 6 && night !== nights - 1) continue;
    await writeFile(join(folder, 'shown', `${date}.csv`), shown.join('\n'));
    shown = [header];
  }
  for (const [file, lines] of clicks) {
    await writeFile(join(folder, 'clicked', `${file}.csv`), ['user,night,item,clicks,at', ...lines].join('\n'));
  }
}

describe('given a model that ranks each night, and clicks that come piecemeal', () => {
  let ledger: OpenLedger;
  let body: Policy;
  let policy: AppliedPolicy;
  let baseline: Digest;

  beforeAll(async () => {
    ledger = await openLedgerForTest();
    const folder = join(ledger.stateRoot, 'files');
    await writeNights(folder);
    await writeFile(join(folder, 'anchorwatch.yaml'), text);
    const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    body = read.policy;
    policy = await ledger.apply(body, folder);
    const answer = await createBaseliningActivities(ledger).takeBaseline({ model: body.model, policy, asOf: plusDays(start, 64) });
    baseline = answer.baseline as Digest;
  }, 120_000);
  afterAll(() => ledger.close());

  const reportAt = async (days: number) => {
    const answer = await createAssessingActivities(ledger).assess({ model: body.model, policy, baseline, asOf: plusDays(start, days) });
    return (await ledger.artefacts.read<Report>('report', answer.report)) as Report;
  };
  it('when a candidate is gated, then both versions are asked for scores of the same items, by query', async () => {
    const decision = 'd1' as DecisionId;
    const order = {
      decision,
      model: body.model,
      asOf: plusDays(start, 79),
      policy,
      champion: '1' as Version,
      strategy: 'full',
      because: 'a test',
    } as const;
    const { stateRoot, artefacts } = ledger;
    const preparation = createDuckdbPreparation({ store: ledger.store, stateRoot });
    const prepared = await createPreparingActivities({ ...ledger, preparation }).prepare(order);
    if (prepared.outcome !== 'pass') throw new Error(prepared.says);
    const { columns } = (await artefacts.read<PreparedData>('prepared-data', prepared.prepared)) as PreparedData;
    expect(columns).toMatchObject({ features: ['price'], query: ['user', 'night'], label: 'clicks' });

    const scored = async (version: string, scoreOf: (price: number) => number) => {
      const scorer: Scorer = {
        score: async (_url, _names, rows) => ({ outcome: 'answered', predictions: rows.map(([price]) => scoreOf(Number(price))) }),
      };
      const { score } = createScoringActivities({ scorer, tables: duckdbScoringTables, artefacts, stateRoot });
      const key = effectKey(decision, `score-${version}`);
      const asked = { key, model: body.model, version: version as Version, url: 'http://model', prepared: prepared.prepared };
      return (await (new MockActivityEnvironment().run(score, asked) as ReturnType<typeof score>)).scored;
    };
    const [candidate, champion] = [await scored('2', (price) => price), await scored('1', (price) => price)];
    const rows = await duckdbScoringTables.read((await artefacts.read<ScoredRows>('scored-rows', candidate)) as ScoredRows);
    const nightsTested = new Set(rows.map(({ timeMilliseconds }) => timeMilliseconds)).size;
    expect(new Set(rows.map(({ query }) => query)).size).toBe(16 * nightsTested);

    const { judge } = createGatingActivities({ artefacts, tables: duckdbScoringTables });
    const judged = await judge({
      order,
      candidate: '2' as Version,
      prepared: prepared.prepared,
      candidateRows: candidate,
      championRows: champion,
    });
    const verdict = (await artefacts.read<Verdict>('verdict', judged.verdict)) as Verdict;
    expect(verdict.gates.slice(1)).toMatchObject([
      { gate: 'minimum', metric: 'ndcg', outcome: 'pass' },
      { gate: 'not-worse', metric: 'ndcg', outcome: 'pass', difference: 0 },
    ]);
    const heldOut = await createBaseliningActivities(ledger).takeBaseline({
      model: body.model,
      policy,
      asOf: order.asOf,
      heldOut: candidate,
    });
    expect(heldOut).toMatchObject({ outcome: 'pass' });
  }, 60_000);

  const performance = ({ signals }: Report) => signals.filter(({ layer }) => layer === 'performance');

  it('when nights are like those of the baseline, then nDCG holds, and what names queries is no input', async () => {
    const report = await reportAt(80);
    expect(performance(report).map(({ subject, statistic, outcome }) => [subject, statistic, outcome])).toEqual([
      ['ndcg', 'drop', 'pass'],
      ['ndcg', 'sudden', 'pass'],
      ['ndcg', 'trend', 'pass'],
      ['ndcg', 'change', 'pass'],
    ]);
    const { queries = 0, queriesWithoutRelevant = 0, rows } = performance(report)[0]?.statistics ?? {};
    expect([queries, queries - queriesWithoutRelevant]).toEqual([7 * 16, rows]);
    expect(report.signals.filter(({ layer }) => layer === 'inputs').map(({ subject }) => subject)).toEqual(['price']);
    expect(report.signals.some(({ layer, subject }) => layer === 'predictions' && subject === 'score')).toBe(true);
    expect(report).not.toHaveProperty('errors');
  }, 60_000);

  it('when the order no longer knows what people like, then it fails once the clicks have matured', async () => {
    const report = await reportAt(92);
    expect(report.outcome).toBe('fail');
    expect(performance(report).find(({ statistic }) => statistic === 'drop')).toMatchObject({ subject: 'ndcg', outcome: 'fail' });
    expect(report.says[0]).toContain('nDCG');
  }, 60_000);
});
