import { describe, expect, it } from 'vitest';
import { childId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import type { RetrainOrder, RetrainReport } from '../../domain/training/retrain.ts';
import { retrain } from '../../workflows/retrain.ts';
import { Engine, type Fakes, failing, Gate, untilCancelled } from './engine.ts';
import { asOf, decision, digest, model, policy, url, v } from './material.ts';

const order = (more: Partial<RetrainOrder> = {}): RetrainOrder => ({
  decision,
  model,
  asOf,
  policy: policy(),
  strategy: 'full',
  champion: v(1),
  because: 'it got worse',
  ...more,
});

const allGoesWell: Fakes = {
  prepare: async () => ({
    outcome: 'pass',
    prepared: digest('prepared'),
    rows: { train: 900, validation: 50, test: 50 },
    says: 'prepared',
  }),
  train: async () => ({ training: digest('training'), says: 'trained' }),
  registerCandidate: async () => ({ version: v(2), says: 'registered' }),
  serve: async ({ version }) => ({ url: url(version), says: 'serves' }),
  score: async ({ version }) => ({ scored: digest(`scored-${version}`), rows: 50, failures: 0 }),
  stopServing: async () => undefined,
  judge: async () => ({ outcome: 'pass', verdict: digest('verdict'), says: 'better' }),
  recordVerdict: async () => undefined,
  closeCandidate: async () => undefined,
};

const begin = ({ client, place }: Engine, what: RetrainOrder) =>
  client.workflow.start(retrain, {
    workflowId: childId(place.installation, 'retrain', model),
    taskQueue: taskQueue(place.installation, 'control'),
    args: [what, place],
  });

const run = (fakes: Fakes, what = order(), options = {}) =>
  new Engine({ ...allGoesWell, ...fakes }).while(async (engine) => {
    const handle = await begin(engine, what);
    const report: RetrainReport = await handle.result();
    return { engine, report, outcome: await engine.outcomeOf(handle) };
  }, options);

describe('retrain', () => {
  for (const [cache, options] of [
    ['workflows kept in memory', {}],
    ['no workflow kept in memory', { maxCachedWorkflows: 0 }],
  ] as const) {
    it(`given every stage passes, with ${cache}, then it ends at the verdict, each stage once and on its queue, the candidate no longer served`, async () => {
      const { engine, report, outcome } = await run({}, order(), options);
      expect(report).toEqual({
        decision,
        candidate: v(2),
        heldOut: digest('scored-2'),
        outcome: 'pass',
        evidence: digest('verdict'),
        says: 'better',
      });
      expect(engine.did).toEqual([
        'heavy:prepare',
        'train:train',
        'control:registerCandidate',
        'watch:serve',
        'heavy:score',
        'watch:stopServing',
        'watch:serve',
        'heavy:score',
        'heavy:judge',
        'control:recordVerdict',
      ]);
      expect(engine.of('stopServing')).toEqual([[{ model, version: v(2) }]]);
      expect(outcome).toBe('pass');
    });
  }

  it('given no champion, then only the candidate is scored, and judged alone', async () => {
    const { champion: _none, ...first } = order();
    const { engine } = await run({}, first);
    expect(engine.of('score').map(([{ version }]) => version)).toEqual([v(2)]);
    expect(engine.of('judge')[0]?.[0]).not.toHaveProperty('championRows');
  });

  for (const outcome of ['inconclusive', 'fail'] as const) {
    it(`given rows that are ${outcome}, then nothing is trained and the evidence is told`, async () => {
      const evidence = digest('refusal');
      const { engine, report } = await run({ prepare: async () => ({ outcome, evidence, says: 'too few rows' }) });
      expect(report).toEqual({ decision, outcome, evidence, says: 'too few rows' });
      expect(engine.did).toEqual(['heavy:prepare']);
    });
  }

  for (const outcome of ['fail', 'inconclusive'] as const) {
    it(`given gates that end in ${outcome}, then the run completes with that verdict`, async () => {
      const { report, engine } = await run({ judge: async () => ({ outcome, verdict: digest('verdict'), says: 'not better' }) });
      expect(report).toMatchObject({ outcome, candidate: v(2), evidence: digest('verdict') });
      expect(engine.of('recordVerdict')).toHaveLength(1);
    });
  }

  const stages = [
    ['prepare', 'TrainingNotConfigured', undefined],
    ['train', 'TrainingProgramMissing', undefined],
    ['train', 'TrainingDiverged', undefined],
    ['registerCandidate', 'ModelNotLogged', undefined],
    ['serve', 'ServingFailed', v(2)],
    ['score', 'ColumnNameTaken', v(2)],
    ['judge', 'ScoredRowsMismatch', v(2)],
    ['recordVerdict', 'VersionMissing', v(2)],
  ] as const;
  for (const [stage, type, candidate] of stages) {
    it(`given ${stage} fails for good with ${type}, then that is the result, and the run is no failure`, async () => {
      const { engine, report, outcome } = await run({ [stage]: () => Promise.reject(failing(type, `${stage} could not`)) });
      expect(report).toEqual({
        decision,
        outcome: 'fail',
        ...(candidate === undefined ? {} : { candidate }),
        failure: type,
        says: `${stage} could not`,
      });
      expect(outcome).toBe(type);
      const served = engine.of('serve').some(([{ version }]) => version === v(2));
      expect(engine.of('stopServing')).toHaveLength(served ? 1 : 0);
    });
  }

  it('given a server that is down for two attempts, then the stage waits and goes on by itself', async () => {
    let attempts = 0;
    const { report } = await run({
      registerCandidate: async () => {
        attempts += 1;
        if (attempts < 3) throw new Error('connect ECONNREFUSED');
        return { version: v(2), says: 'registered' };
      },
    });
    expect(report.outcome).toBe('pass');
    expect(attempts).toBe(3);
  });

  it('given a cancel during training, then the run is Cancelled and there is no candidate to close', () =>
    new Engine({ ...allGoesWell, train: untilCancelled }).while(async (engine) => {
      const handle = await begin(engine, order());
      await engine.begun('train');
      await handle.cancel();
      expect(await engine.endOf(handle)).toBe('CANCELLED');
      expect(engine.of('closeCandidate')).toEqual([]);
    }));

  it('given a cancel while the candidate is being registered, then the version it becomes is closed', async () => {
    const gate = new Gate();
    const registerCandidate = async () => {
      await gate.opened;
      return { version: v(2), says: 'registered' };
    };
    await new Engine({ ...allGoesWell, registerCandidate }).while(async (engine) => {
      const handle = await begin(engine, order());
      await engine.begun('registerCandidate');
      await handle.cancel();
      await engine.cancelSeen(handle);
      gate.open();
      expect(await engine.endOf(handle)).toBe('CANCELLED');
      expect(engine.of('closeCandidate')[0]?.[0]).toMatchObject({ version: v(2), status: 'superseded' });
      expect(engine.of('serve')).toEqual([]);
    });
  });

  it('given a cancel after registration, then the candidate is closed and no longer served, and the champion is left alone', () =>
    new Engine({ ...allGoesWell, score: untilCancelled }).while(async (engine) => {
      const handle = await begin(engine, order());
      await engine.begun('score');
      await handle.cancel();
      expect(await engine.endOf(handle)).toBe('CANCELLED');
      expect(engine.of('stopServing')).toEqual([[{ model, version: v(2) }]]);
      expect(engine.of('closeCandidate')[0]?.[0]).toMatchObject({ model, version: v(2), status: 'superseded' });
    }));
});
