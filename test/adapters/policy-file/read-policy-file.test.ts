import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Problem, renderProblems } from '../../../adapters/policy-file/problem.ts';
import { readPolicyFile } from '../../../adapters/policy-file/read-policy-file.ts';
import { policyFileSchemaText } from '../../../adapters/policy-file/schema-text.ts';
import type { Policy } from '../../../domain/policy/policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function file(text: string, name = `policy-${files++}.yaml`): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const shortest = 'model: bike\ntask: regression\nsources: {predictions: gateway}\n';
const readText = (text: string) => readPolicyFile(file(text));

function policyOf(text: string): Policy {
  const reading = readText(text);
  if (!reading.ok) throw new Error(renderProblems(reading.problems));
  return reading.policy;
}

function problemsOf(text: string): readonly Problem[] {
  const reading = readText(text);
  return reading.ok ? [] : reading.problems;
}

/** `line:column  says → remedy` of each problem. */
const told = (text: string) => problemsOf(text).map(({ at, says, remedy }) => `${at?.line}:${at?.column}  ${says} → ${remedy}`);

describe('given the shortest useful file', () => {
  it('when it is read, then everything else is the preset', () => {
    const { policy, lines, folder: at, warnings } = readText(shortest) as Extract<ReturnType<typeof readPolicyFile>, { ok: true }>;
    expect(policy).toMatchObject({
      mode: 'watch',
      performance: { metric: 'mae', drop: { by: 0.03, of: 'relative' }, sudden: { by: 0.05 }, trend: { by: 0.03 } },
    });
    expect(policy.sources.outcomes).toEqual({ from: 'gateway' });
    expect(policy.training).toBeUndefined();
    expect(lines['/model']).toMatchObject({ line: 1, column: 1 });
    expect(lines['/performance/drop']).toBeUndefined();
    expect(at).toBe(folder);
    expect(warnings).toEqual([]);
  });
});

describe('given segments', () => {
  const withSegments = (segments: string, limits = '{}') => `${shortest}segments: ${segments}\nperformance: {segments: ${limits}}\n`;

  it('when a crossing leads nowhere, or two parts have one name, then each is said at its place', () => {
    expect(told(withSegments('{plan: [a, a], b: {cross: [plan, land]}, c: {cross: [plan, b]}, d: {cross: [plan, plan]}}'))).toEqual([
      '4:12  two segments are named plan=a → Name each value once.',
      '4:44  land is no segment that can be crossed → Name two of the segments that are values or a range: plan.',
      '4:70  b is no segment that can be crossed → Name two of the segments that are values or a range: plan.',
      '4:86  plan is crossed with itself → Name two different segments.',
    ]);
  });

  it('when a limit is for no segment, or twice for one, then it says which there are', () => {
    expect(told(withSegments('{plan: [a], land: [b]}', '{c: 3 points, a: 3 points, plan=a: 3 points}'))).toEqual([
      '5:26  c is no segment → Write one of plan=a, land=b.',
      '5:52  a and plan=a are the same segment → Write one of the two.',
    ]);
  });

  it.each(['[3]', '[5, 1]', '3', '[a, b]'])('when the sound values of a column are written "%s", then it says how to write them', (range) =>
    expect(told(`${shortest}columns: {ranges: {temp: ${range}}}\n`)[0]).toContain('such as [0, 120].'),
  );

  it.each(['-1', 'high', '.nan'])('when the importance of a column is written "%s", then it says how to write it', (importance) =>
    expect(told(`${shortest}columns: {importance: {temp: ${importance}}}\n`)[0]).toContain('Write a number, 0 or more.'),
  );

  it('when fairness is asked of no groups, then it says which segments have some', () => {
    const fairness = (by: string) => `${withSegments('{plan: [a, b], one: [a], new: x < 3}')}fairness: {by: [${by}]}\n`;
    expect(told(fairness('plan'))).toEqual([]);
    expect(told(fairness('plan, new'))).toEqual(['6:23  new is no segment of two groups or more → Write one of plan.']);
    expect(told(`${shortest}fairness: {by: [sex]}\n`)).toEqual([
      '4:17  sex is no segment of two groups or more → Declare its groups under segments first: two values of a column or more.',
    ]);
  });

  it('when there are 64 slices of 256 leaves, then it is read, and with one more of either it is not', () => {
    const list = (name: string, values: number) => `${name}: [${Array.from({ length: values }, (_, index) => `v${index}`).join(', ')}]`;
    expect(told(withSegments(`{${list('a', 3)}, ${list('b', 3)}, ${list('c', 15)}, x: {cross: [a, b]}}`))).toEqual([]);
    expect(told(withSegments(`{${list('a', 64)}}`))).toEqual([]);
    expect(told(withSegments(`{${list('a', 65)}}`))[0]).toMatch(/^4:1 {2}the segments make 65 slices of 66 leaves; at most 64 and 256 can/);
    expect(told(withSegments(`{${list('a', 3)}, ${list('b', 3)}, ${list('c', 16)}}`))[0]).toMatch(/make 22 slices of 272 leaves; at most/);
  });

  it.each(['tenure', '<3', 'a < b', '3 < x > 1', '5 < x < 5', 'x < 3d < 4', '3 < x < 4d', 'x <', ' < 3'])(
    'when a range is written "%s", then it says how to write one',
    (range) => expect(told(withSegments(`{r: "${range}"}`))[0]).toContain('tenure < 30 or 18 <= age < 30 or first_seen < 30d'),
  );
});

describe('given a file that says everything', () => {
  const full = `model: bike-demand
task: {kind: classification, positive: 1}
mode: act
sources:
  predictions: gateway
  outcomes: {from: gateway, maturesAfter: 3d}
  history: {files: data/*.parquet, id: [station, hour], time: hour, label: full}
columns: {critical: [temp], importance: {temp: 0.4, hum: 12}, ignore: [email], kinds: {season: categorical}, ranges: {temp: [-30, 45.5]}}
segments: {plan: [free, 1], warm: temp >= 20, new: 7d <= first seen < 30d, both: {cross: [plan, new]}}
baseline: {window: 12w}
watch:
  schedule: weekly
  window: 14d
  effects: {wasserstein: 0.3 sigma, psi: 0.2, nulls: 2%}
performance: {metric: accuracy, drop: 2 points, sudden: 4 points, trend: 3 points, floor: 80%, segments: {free: 2 points, plan=1 & new: 1% relative}, worstRows: 20}
falseAlarms: {atMost: 2, per: 30d}
fairness: {by: [plan], opportunity: 5%, gap: 4 points}
severity: {P0: {when: [{wrong: 40%}, quality]}, P1: {when: [{worse: 5 points}], within: 30 min}, P3: {within: 2d}}
retrain:
  schedule: monthly
  triggers: [performance, trend, {drift: {criticalColumns: 2, for: 4}}]
  throttle: {between: 36h, attempts: 3 per 60d}
  train: {command: python train.py, timeLimit: 30 min, window: 90d, split: 70/15/15, parameters: {depth: 5, loss: huber}}
gates: [{minimum: {accuracy: 75%}}, {notWorse: {margin: 1 point, recent: 14d}}, notWorse]
approval: {people: 2, within: 2d}
rollOut: {steps: [5%, 50%, 100%], unit: station, minimumUnits: 200, guardrails: {errors: {harmMargin: 3, absoluteMargin: 0.1%}}, alpha: 1%, maximum: 7d}
notify: {slack: env:SLACK}
`;

  it('when it is read, then each value stands in the policy in its unit', () => {
    expect(policyOf(full)).toEqual({
      kind: 'policy',
      schemaVersion: 1,
      madeFrom: [],
      model: 'bike-demand',
      task: { kind: 'classification', positive: '1' },
      mode: 'act',
      columns: {
        declared: { season: 'categorical' },
        critical: ['temp'],
        importance: { temp: 0.4, hum: 12 },
        ignored: ['email'],
        ranges: { temp: [-30, 45.5] },
      },
      segments: [
        { by: 'values', name: 'plan', column: 'plan', values: ['free', '1'] },
        { by: 'range', name: 'warm', column: 'temp', from: 20 },
        { by: 'age', name: 'new', column: 'first seen', from: 7, below: 30 },
        { by: 'cross', name: 'both', of: ['plan', 'new'] },
      ],
      sources: {
        predictions: { from: 'gateway' },
        outcomes: { from: 'gateway' },
        history: { from: 'files', glob: 'data/*.parquet', id: ['station', 'hour'], time: 'hour', label: 'full' },
      },
      timezone: 'UTC',
      labels: { maturesAfterDays: 3 },
      measures: [],
      baseline: { windowDays: 84, season: 'none' },
      watch: {
        schedule: '0 3 * * 1',
        windowDays: 14,
        grain: 'day',
        independentRows: false,
        falseAlarms: { atMost: 2, perDays: 30 },
        effects: {
          wassersteinInSigmas: 0.3,
          kolmogorovSmirnov: 0.1,
          psi: 0.2,
          jensenShannon: 0.1,
          nullPoints: 0.02,
          newCategoryShare: 0.05,
          unlabelledPoints: 0.1,
          orphanPoints: 0.05,
        },
      },
      performance: {
        metric: 'accuracy',
        drop: { by: 0.02, of: 'points' },
        sudden: { by: 0.04, of: 'points' },
        trend: { by: 0.03, of: 'points' },
        floor: 0.8,
        worstRows: 20,
        segments: { 'plan=free': { by: 0.02, of: 'points' }, 'plan=1 & new': { by: 0.01, of: 'relative' } },
      },
      fairness: { by: ['plan'], parity: 0.1, opportunity: 0.05, gap: { by: 0.04, of: 'points' } },
      severity: {
        P0: {
          when: [
            { of: 'wrong', share: 0.4 },
            { of: 'layer', layer: 'quality' },
          ],
          answerWithinHours: 0.25,
        },
        P1: { when: [{ of: 'worse', by: { by: 0.05, of: 'points' } }], answerWithinHours: 0.5 },
        P2: { when: [{ of: 'alarm' }], answerWithinHours: 4 },
        P3: { answerWithinHours: 48 },
      },
      retrain: {
        everyDays: 30,
        triggers: [{ on: 'performance' }, { on: 'trend' }, { on: 'drift', criticalColumns: 2, consecutiveReports: 4 }],
        throttle: { betweenDays: 1.5, attempts: { atMost: 3, perDays: 60 } },
      },
      training: {
        command: 'python train.py',
        timeLimitSeconds: 1800,
        windowDays: 90,
        split: { train: 0.7, validation: 0.15, test: 0.15 },
        parameters: { depth: 5, loss: 'huber' },
      },
      gates: [
        { gate: 'minimum', metric: 'accuracy', value: 0.75 },
        { gate: 'not-worse', metric: 'accuracy', margin: { by: 0.01, of: 'points' }, recentDays: 14 },
        { gate: 'not-worse', metric: 'accuracy', margin: { by: 0.01, of: 'relative' }, recentDays: 28 },
      ],
      approval: { people: 2, expiresAfterHours: 48 },
      rollout: {
        steps: [0.05, 0.5, 1],
        unit: 'station',
        minimumUnits: [200, 200, 200],
        guardrails: { errors: { harmMargin: 3, absoluteMargin: 0.001 } },
        alpha: 0.01,
        maximumDays: 7,
      },
      notify: { webhook: 'env:SLACK' },
    });
  });

  it('when a part of the policy is looked up, then its line is that of the file', () => {
    const reading = readText(full);
    const lines = reading.ok ? reading.lines : {};
    const places = [
      '/performance/drop',
      '/watch/falseAlarms',
      '/retrain/throttle/betweenDays',
      '/training/command',
      '/rollout/steps',
      '/gates/0',
      '/retrain/triggers/1',
      '/severity/P1/answerWithinHours',
      '/performance/segments/plan=free',
    ];
    expect(places.map((place) => lines[place]?.line)).toEqual([15, 16, 22, 23, 26, 24, 21, 18, 15]);
  });
});

describe('given a file with faults', () => {
  it('when a key is unknown, then the nearest one is offered', () => {
    expect(told(`${shortest}performence:\n  drop: 3% relative\n`)).toEqual(['4:1  performence is not a key → Did you mean "performance"?']);
    expect(told(`${shortest}performance:\n    flor: 3\n`)).toEqual(['5:5  performance.flor is not a key → Did you mean "floor"?']);
    expect(told(`${shortest}performance: {zzz: 3}\n`)[0]).toBe(
      '4:15  performance.zzz is not a key → Its keys are metric, drop, sudden, trend, floor, segments, worstRows.',
    );
  });

  it('when a count of rows is none, then its bounds are told, and 0 is one', () => {
    for (const count of ['-1', '1.5', '1001', 'many'])
      expect(told(`${shortest}performance: {worstRows: ${count}}\n`)).toEqual([
        `4:26  ${count} is not a whole number from 0 to 1000 → Write a whole number from 0 to 1000; 0 is none.`,
      ]);
    expect(told(`${shortest}performance: {worstRows: 0}\n`)).toEqual([]);
  });

  it('when a needed key is misspelt, then that is one problem and not two', () => {
    expect(told('modle: bike\ntask: regression\nsources: {predictions: gateway}\n')).toEqual([
      '1:1  modle is not a key → Did you mean "model"?',
    ]);
  });

  it('when predictions and outcomes name the same files, then each must have its own', () => {
    const both = (outcomes: string) =>
      told(`model: bike\ntask: regression\nsources:
  predictions: {files: "*.csv", id: id, time: t, prediction: p}
  outcomes: {files: "${outcomes}", id: id, label: y}\n`);
    expect(both('*.csv')).toEqual([
      '5:21  *.csv are the files of sources.predictions too → Name files of their own: each file is read as one of the two.',
    ]);
    expect(both('outcomes/*.csv')).toEqual([]);
  });

  it('when a percentage is ambiguous, then both readings are worked out', () => {
    expect(told(`${shortest}performance: {drop: 3%}\n`)).toEqual([
      '4:21  3% can mean two things for a share → Write "3% relative" (0.90 → 0.873) or "3 points" (0.90 → 0.87).',
    ]);
  });

  it('when a duration has no unit or is none, then the units are told', () => {
    for (const duration of ['7', '"7"', '7x', '-1d', '0d', 'soon', '7 days']) {
      expect(told(`${shortest}baseline: {window: ${duration}}\n`)[0]).toMatch(
        /is not a duration → Write a number above zero and a unit: 30 min, 6h, 7d or 12w\.$/,
      );
    }
  });

  it('when a schedule or a share or a rate cannot be read, then each says what to write', () => {
    expect(told(`${shortest}watch: {schedule: 61 * * * *}\n`)[0]).toMatch(/^4:19 {2}61 \* \* \* \* is not a schedule → Write hourly/);
    expect(told(`${shortest}rollOut: {steps: [5, 100%]}\n`)[0]).toBe('4:19  5 is not a percentage → Write it with its sign: 5%.');
    expect(told(`${shortest}rollOut: {alpha: 0.05}\n`)[0]).toBe('4:18  0.05 is not a percentage → Write it with its sign: 5%.');
    expect(told(`${shortest}retrain: {triggers: [{drift: {for: 9}}]}\n`)[0]).toBe(
      '4:36  9 is more than 8 → Write a whole number from 1 to 8.',
    );
    expect(policyOf(`${shortest}retrain: {triggers: [{performance: {for: 2}}]}\n`).retrain.triggers).toEqual([
      { on: 'performance', consecutiveReports: 2 },
    ]);
    expect(told(`${shortest}retrain: {throttle: {attempts: two}}\n`)[0]).toMatch(/Write for example "2 per 30d"\.$/);
    expect(told(`${shortest}retrain: {train: {command: x, split: 60/20/30}}\n`)[0]).toMatch(/^4:38 {2}60\/20\/30 sums to 110, not to 100/);
  });

  it('when a rule of the severity table cannot be read, then what it may be is told', () => {
    const table = (text: string) => told(`${shortest}severity: {${text}}\n`)[0];
    expect(table('P0: {when: [alarms]}')).toBe(
      '4:24  severity.P0.when.0 cannot be alarms → Write alarm or performance or quality or inputs or predictions, or a map with wrong, or a map with worse.',
    );
    expect(table('P1: {when: [{worse: 20%}]}')).toContain('can mean two things');
    expect(table('P3: {when: [alarm]}')).toBe('4:17  severity.P3.when is not a key → Its keys are within.');
    expect(table('red: {within: 1h}')).toBe('4:12  severity.red is not a key → Its keys are P0, P1, P2, P3.');
  });

  it('when thresholds stand in the wrong order, then both are named', () => {
    expect(told(`${shortest}performance: {drop: 5% relative, sudden: 3% relative}\n`)).toEqual([
      '4:42  sudden (3% relative) is below drop (5% relative) → Write a sudden as large as drop or larger: it is the alarm that does not wait.',
    ]);
    expect(told(`${shortest}rollOut: {steps: [20%, 5%, 50%]}\n`)).toEqual([
      '4:24  step 5% does not follow 20% upwards → Write the steps in ascending order.',
      '4:28  the last step is 50%, not 100% → End the steps with 100%.',
    ]);
    expect(told(`${shortest}watch: {window: 60d}\n`)[0]).toContain('a check of 60 days is longer than its baseline of 28');
    expect(told(`${shortest}retrain: {schedule: daily}\n`)[0]).toContain(
      'daily is more often than the throttle lets through (one in 7 days)',
    );
  });

  it('when mode act lacks training, roll-out and the gateway, then each is named', () => {
    const text = 'model: bike\ntask: regression\nmode: act\nsources:\n  predictions: {files: "*.csv", id: id, time: t, prediction: p}\n';
    expect(told(text)).toEqual([
      '3:7  mode act needs retrain.train: nothing is named that can train → Add retrain.train.command, or write mode: watch.',
      '3:7  mode act needs rollOut: nothing says how a candidate goes live → Add rollOut: standard, or write mode: advise.',
      '5:16  mode act needs the gateway: traffic from files cannot be split → Write predictions: gateway, or mode: advise.',
    ]);
  });

  it('when a metric does not fit the task, then the fitting ones are told', () => {
    expect(told(`${shortest}performance: {metric: accuracy}\ngates: [{minimum: {accuracy: 80%}}]\n`)).toEqual([
      '4:23  accuracy does not measure a regression → Write mae, rmse, mape, smape or rSquared.',
      '5:20  accuracy does not measure a regression → Write mae, rmse, mape, smape or rSquared.',
    ]);
  });

  it('when a metric needs what the policy does not name, then that is told', () => {
    const classes = (task: string, predictions: string, performance: string) =>
      told(`model: churn\ntask: ${task}\nsources: {predictions: ${predictions}}\nperformance: {${performance}}\n`);
    const files = (more: string) => `{files: "*.csv", id: id, time: t, prediction: p${more}}`;
    expect(classes('classification', files(''), 'metric: recall')).toEqual([
      '4:23  recall needs a positive class → Write task: {kind: classification, positive: 1}.',
    ]);
    expect(classes('{kind: classification, positive: 1}', files(''), 'metric: prAuc')).toEqual([
      '4:23  prAuc needs a score → Name its column in sources.predictions.score, beside files, id and time.',
    ]);
    expect(classes('classification', files(', score: s'), 'metric: prAuc')[0]).toContain('nothing says which class the score is of');
    expect(classes('{kind: classification, positive: 1}', files(', score: s'), 'metric: prAuc, floor: 31%')).toEqual([]);
  });

  it('when a ranking does not say which items belong together, or says what is of another task, then that is told', () => {
    const of = (task: string, predictions = '', more = '') =>
      told(
        `model: shop\ntask: ${task}\nsources:\n  predictions: {files: "*.csv", id: id, time: t, prediction: p${predictions}}\n  outcomes: {files: "o.csv", id: id, label: clicked, maturesAfter: 3d}\n${more}`,
      );
    const remedy = 'Write task: {kind: ranking, query: COLUMN}, or several columns: [user, night].';
    expect(of('ranking')).toEqual([`2:7  nothing says which items a ranking puts in order → ${remedy}`]);
    expect(of('{kind: ranking, at: 5}')).toEqual([`2:7  nothing says which items a ranking puts in order → ${remedy}`]);
    expect(of('{kind: ranking, query: q, at: 0}')[0]).toContain('2:37  0 is not a whole number');
    expect(of('{kind: regression, query: q, at: 5}')).toEqual([
      '2:26  task.query is of a ranking → Remove it, or write kind: ranking.',
      '2:36  task.at is of a ranking → Remove it, or write kind: ranking.',
    ]);
    expect(of('{kind: ranking, query: q, positive: 1}')).toEqual([
      '2:33  task.positive is of a classification → Remove it: an item is relevant where its label is above 0.',
    ]);
    expect(of('{kind: ranking, query: q}', ', score: s')).toEqual([
      '4:65  the prediction of a ranking is its score → Name the column of the score in sources.predictions.prediction, and remove this.',
    ]);
    expect(of('{kind: ranking, query: [q, night]}', '', 'columns: {critical: [price, night]}\n')).toEqual([
      '6:29  night names queries and is not watched → Remove it from the list.',
    ]);
    expect(of('{kind: ranking, query: q}', '', 'performance: {metric: mae}\ngates: [{minimum: {accuracy: 80%}}]\n')).toEqual([
      '6:23  mae does not measure a ranking → Write ndcg or averagePrecision.',
      '7:20  accuracy does not measure a ranking → Write ndcg or averagePrecision.',
    ]);
    expect(of('{kind: ranking, query: q}', '', 'performance: {metric: ndcg, floor: 0.6}\n')).toEqual([
      '6:36  floor 0.6 is not a share → Write the smallest ndcg in percent, such as 80%.',
    ]);
    expect(of('{kind: ranking, query: q}', '', 'performance: {worstRows: 20}\n')).toEqual([
      '6:15  no item of a ranking is wrong by itself → Remove it: a ranking keeps no worst rows.',
    ]);
    expect(of('{kind: ranking, query: [user, night]}', '', 'rollOut: standard\n')).toEqual([
      '6:1  two versions would answer the items of one query → Write a column that all items of a query have in common, such as rollOut: {unit: user}.',
    ]);
    expect(of('{kind: ranking, query: [user, night]}', '', 'rollOut: {unit: user}\n')).toEqual([]);
    expect(told(`${shortest}performance: {metric: ndcg}\n`)[0]).toContain('ndcg does not measure a regression');
  });

  it('when a ranking is read, then ten places count where nothing is written, and nDCG is what is watched and gated', () => {
    const of = (task: string) => policyOf(`model: shop\ntask: ${task}\nsources: {predictions: gateway}\nperformance: {drop: 2 points}\n`);
    const { task, performance, gates } = of('{kind: ranking, query: q}');
    expect(task).toEqual({ kind: 'ranking', query: ['q'], at: 10 });
    expect(performance).toMatchObject({ metric: 'ndcg', drop: { by: 0.02, of: 'points' } });
    expect(gates).toMatchObject([{ gate: 'not-worse', metric: 'ndcg' }]);
    expect(of('{kind: ranking, query: [user, night], at: 5}').task).toEqual({ kind: 'ranking', query: ['user', 'night'], at: 5 });
  });

  it('when absence means a relevance, then it is a number from 0 up', () => {
    const of = (absent: string) =>
      told(
        `model: shop\ntask: {kind: ranking, query: q}\nsources:\n  predictions: gateway\n  outcomes: {from: gateway, maturesAfter: 3d, absentMeans: ${absent}}\n`,
      );
    expect(of('0')).toEqual([]);
    expect(of('-1')).toEqual(['5:60  -1 is no value of a ranking → Write a number, such as absentMeans: 0.']);
    expect(of('no')[0]).toContain('is no value of a ranking');
  });

  it('when window, grain and season do not go together, then what to write is told', () => {
    const of = (text: string) => told(`${shortest}${text}\n`);
    expect(of('watch: {window: 6h}')).toEqual(['4:17  a window of 6h is not of whole days → Write whole days, or add watch.grain: hour.']);
    expect(of('watch: {window: 90 min, grain: hour}')).toEqual([
      '4:17  a window of 90 min is not of whole hours → Write whole hours, such as 6h.',
    ]);
    expect(of('baseline: {season: hourOfWeek}')[0]).toContain('hourOfWeek needs rows that are counted by hours → Write weekday,');
    expect(of('watch: {window: 6h, grain: hour}\nbaseline: {season: weekday}')[0]).toContain(
      'shorter than what recurs by weekday → Write hourOfWeek.',
    );
    expect(of('watch: {window: 1d}\nbaseline: {season: weekday}')).toEqual([
      '5:20  a baseline of 28 days has no 8 stretches like a window of 1d → Write baseline.window: 56d or longer, or another season.',
    ]);
    expect(of('watch: {window: 6h, grain: hour}\nbaseline: {season: hourOfWeek, window: 8w}')).toEqual([]);
    expect(of('baseline: {season: weekday}')).toEqual([]);
  });

  it('when a time zone is none, then that is told', () => {
    expect(told(`${shortest}timezone: Paris\n`)).toEqual([
      '4:11  Paris is no time zone → Write UTC or a name of the IANA database, such as Europe/Paris.',
    ]);
    expect(policyOf(`${shortest}timezone: Europe/Paris\nwatch: {grain: batch, independentRows: true}\n`)).toMatchObject({
      timezone: 'Europe/Paris',
      watch: { grain: 'batch', independentRows: true },
    });
  });

  it('when rows come from programs, then command and time limit are read, and files beside a program are refused', () => {
    const columns = 'id: id, time: t, prediction: p';
    const { sources } = policyOf(
      `model: x\ntask: regression\nsources:\n  predictions: {run: ./scores.sh, ${columns}}\n  outcomes: {run: ./known.sh, timeLimit: 5 min, id: id, label: y}\n`,
    );
    expect(sources).toEqual({
      predictions: { from: 'program', run: './scores.sh', timeLimitSeconds: 1800, id: ['id'], time: 't', prediction: 'p' },
      outcomes: { from: 'program', run: './known.sh', timeLimitSeconds: 300, id: ['id'], label: 'y' },
    });
    expect(told(`model: x\ntask: regression\nsources:\n  predictions: {run: ./scores.sh, files: "*.csv", ${columns}}\n`)).toEqual([
      '4:17  sources.predictions.run does not go with files → Keep either run or files.',
    ]);
    expect(told(`model: x\ntask: regression\nsources:\n  predictions: {run: ./scores.sh, timeLimit: 5, ${columns}}\n`)).toEqual([
      '4:46  5 is not a duration → Write a number above zero and a unit: 30 min, 6h, 7d or 12w.',
    ]);
  });

  it('when absence means a label, then its time must be told and it must be one of the task', () => {
    const outcomes = (text: string) => `sources:\n  predictions: gateway\n  outcomes: {from: gateway, ${text}}`;
    const labels = (task: string) => policyOf(`model: x\ntask: ${task}\n${outcomes('maturesAfter: 30d, absentMeans: 0')}`).labels;
    expect(labels('classification')).toEqual({ maturesAfterDays: 30, absentMeans: '0' });
    expect(labels('regression')).toEqual({ maturesAfterDays: 30, absentMeans: 0 });
    expect(told(`model: x\ntask: regression\n${outcomes('absentMeans: none')}`)).toEqual([
      '5:29  nothing says when an outcome that is absent is absent for good → Add maturesAfter beside it, such as maturesAfter: 30d.',
      '5:42  none is no value of a regression → Write a number, such as absentMeans: 0.',
    ]);
  });

  it('when a gate asks for what the policy does not name, then that is told; scores are answered by the version itself', () => {
    const gates = (task: string, gate: string) => told(`model: churn\ntask: ${task}\nsources: {predictions: gateway}\ngates: [${gate}]\n`);
    const scored = '{kind: classification, positive: 1}';
    expect(gates('classification', '{minimum: {rocAuc: 75%}}')).toEqual([
      '4:20  rocAuc needs a positive class → Write task: {kind: classification, positive: 1}.',
    ]);
    expect(gates(scored, '{minimum: {rocAuc: 75%, f1: 88%, logLoss: 0.5}}, {notWorse: {metric: prAuc, margin: 1 point}}')).toEqual([]);
    expect(gates(scored, '{minimum: {rocAuc: 0.75}}')).toEqual([
      '4:28  rocAuc 0.75 is not a share → Write the smallest rocAuc in percent, such as 80%.',
    ]);
    expect(gates(scored, '{minimum: {rocAcu: 75%}}')).toEqual(['4:20  rocAcu is not a metric → Did you mean "rocAuc"?']);
  });

  it('when a metric is of one class, then no class need be the positive one; where it cannot be of one, that is told', () => {
    const metric = (name: string) =>
      `model: churn\ntask: classification\nsources: {predictions: gateway}\nperformance: {metric: ${name}}\n`;
    expect(policyOf(metric('recall/churned, floor: 60%')).performance).toMatchObject({ metric: 'recall/churned', floor: 0.6 });
    expect(policyOf(`${metric('accuracy')}gates: [{minimum: {recall/churned: 80%}}]\n`).gates).toEqual([
      { gate: 'minimum', metric: 'recall/churned', value: 0.8 },
    ]);
    expect(told(metric('recall/'))[0]).toMatch(/^4:23 {2}recall\/ is not a metric/);
    expect(told(metric('accuracy/churned'))[0]).toMatch(/^4:23 {2}accuracy\/churned is not a metric/);
    expect(told(`${shortest}performance: {metric: recall/churned}\n`)[0]).toMatch(/recall\/churned does not measure a regression/);
  });

  it('when scores of several classes are named, then areas of each can be watched, and those that cannot are told', () => {
    const churn = (metric: string, more = '') =>
      `model: churn\ntask: classification\nsources: {predictions: {files: p.csv, id: id, time: t, prediction: y, score: {basic: p1, churned: p2}}}\nperformance: {metric: ${metric}}\n${more}`;
    const policy = policyOf(churn('rocAuc/churned'));
    expect(policy.sources.predictions).toMatchObject({ score: { basic: 'p1', churned: 'p2' } });
    expect(policy).toMatchObject({ performance: { metric: 'rocAuc/churned' }, gates: [{ metric: 'accuracy' }] });
    expect(policyOf(churn('macroRocAuc')).performance.metric).toBe('macroRocAuc');
    expect(told(churn('rocAuc/pro'))).toEqual([
      '4:23  rocAuc/pro needs the scores of pro → Name their columns in sources.predictions.score: {pro: COLUMN, …}.',
    ]);
    expect(told(churn('rocAuc'))[0]).toMatch(/^4:23 {2}rocAuc needs a score/);
    expect(told(churn('gini/churned'))[0]).toMatch(/gini\/churned is not a metric/);
    expect(told(churn('accuracy', 'gates: [{minimum: {macroRocAuc: 70%}}]\n'))[0]).toMatch(/macroRocAuc cannot be a gate/);
  });

  it.each(['logLoss', 'brier'])(
    'when scores of several classes are named, then %s is of all of them, needs no positive class, and is no gate',
    (metric) => {
      const churn = (watched: string, more = '', task = 'classification') =>
        `model: churn\ntask: ${task}\nsources: {predictions: {files: p.csv, id: id, time: t, prediction: y, score: {basic: p1, churned: p2}}}\nperformance: {metric: ${watched}}\n${more}`;
      expect(policyOf(churn(metric))).toMatchObject({ performance: { metric }, gates: [{ gate: 'not-worse', metric: 'accuracy' }] });
      const refused = `5:29  ${metric} cannot be a gate → Versions answer the score of one class: write a metric of that.`;
      const gate = `gates: [{notWorse: {metric: ${metric}}}]\n`;
      expect(told(churn('accuracy', gate))).toEqual([refused]);
      expect(told(churn('accuracy', gate, '{kind: classification, positive: churned}'))).toEqual([refused]);
    },
  );

  describe('measures', () => {
    const shop = (more: string, outcomes = '{files: o.csv, id: id, label: y}') =>
      `model: shop\ntask: classification\nsources: {predictions: gateway, outcomes: ${outcomes}}\n${more}`;
    const clicks = 'measures: {clickThrough: {of: clicks, per: predictions.impressions, better: higher}}\n';

    it('when ratios and sums are declared, then they stand in the policy, and one may be what is watched', () => {
      const policy = policyOf(
        shop(`${clicks.replace('}}', '}, refunds: {sum: amount, better: lower}}')}performance: {metric: refunds, floor: 100}\n`),
      );
      expect(policy.measures).toEqual([
        {
          name: 'clickThrough',
          better: 'higher',
          sum: { in: 'outcomes', column: 'clicks' },
          per: { in: 'predictions', column: 'impressions' },
        },
        { name: 'refunds', better: 'lower', sum: { in: 'outcomes', column: 'amount' }, per: 'day' },
      ]);
      expect(policy.performance).toMatchObject({ metric: 'cost/refunds', floor: 100 });
      expect(policy.gates).toMatchObject([{ gate: 'not-worse', metric: 'accuracy' }]);
    });

    it('when they cannot be counted, are no measure, or stand where none can, then each says what to write', () => {
      expect(told(shop(clicks, 'gateway'))).toEqual([
        '4:1  measures need outcomes with columns → Write sources.outcomes as files or a program.',
      ]);
      expect(told(shop('measures: {accuracy: {sum: amount, better: lower}}\n'))).toEqual([
        '4:12  accuracy cannot be the name of a measure → Write a name that is no metric and has no slash.',
      ]);
      expect(told(shop('measures: {a: {of: clicks, better: higher}}\n'))[0]).toMatch(/measures\.a\.per is missing/);
      expect(told(shop('measures: {a: {sum: clicks}}\n'))).toEqual(['4:12  measures.a.better is missing → Add better: higher or lower.']);
      expect(told(shop(`${clicks}gates: [{notWorse: {metric: clickThrough}}]\n`))[0]).toMatch(/^5:29 {2}clickThrough cannot be a gate → /);
      expect(told(shop(`${clicks}performance: {metric: clickThrough, floor: 5%}\n`))).toEqual([
        '5:44  floor 5% is not in the unit of clickThrough → Write the smallest clickThrough as a plain number.',
      ]);
      expect(told(shop(`${clicks}performance: {metric: clickThru}\n`))[0]).toMatch(/^5:23 {2}clickThru is not a metric/);
    });
  });

  it('when a margin is in points, then they are those of its own metric', () => {
    const margin = (metric: string) =>
      policyOf(
        `model: churn\ntask: {kind: classification, positive: 1}\nsources: {predictions: gateway}\ngates: [{notWorse: {metric: ${metric}, margin: 2 points}}]\n`,
      ).gates[0];
    expect(margin('f1')).toMatchObject({ metric: 'f1', margin: { by: 0.02, of: 'points' } });
    expect(margin('logLoss')).toMatchObject({ metric: 'logLoss', margin: { by: 2, of: 'points' } });
  });

  it('when a floor is not in the unit of its metric, then the unit is told', () => {
    const floor = (text: string) => told(`${shortest}performance: {${text}}\n`);
    expect(floor('floor: 80%')).toEqual(['4:22  floor 80% is not in the unit of mae → Write the largest mae as a plain number.']);
    expect(floor('metric: rSquared, floor: 0.5')).toEqual([
      '4:40  floor 0.5 is not a share → Write the smallest rSquared in percent, such as 80%.',
    ]);
    expect(floor('metric: mape, floor: 20%')).toEqual([]);
  });

  it('when parts of several branches are wrong, then the branch that was meant is told of', () => {
    expect(told('model: bike\ntask: regression\nsources: {predictions: {files: a.csv, id: x, tme: t, prediction: p}}\n')).toEqual([
      '3:46  sources.predictions.tme is not a key → Did you mean "time"?',
    ]);
    expect(told(`${shortest}retrain: {triggers: [performanc]}\n`)[0]).toBe(
      '4:22  retrain.triggers.0 cannot be performanc → Write performance or trend or change, or a map with performance, or a map with drift.',
    );
  });

  it('when the secret itself is written where its name should be, then it is not repeated', () => {
    for (const text of [
      'notify: {slack: https://hooks.example.org/T0/SECRET}',
      'notify: {slak: https://hooks.example.org/T0/SECRET}',
      'notify:\n  slack: xoxb-SECRET',
    ]) {
      const problems = problemsOf(`${shortest}${text}\n`);
      expect(problems).toHaveLength(1);
      expect(renderProblems(problems)).not.toContain('SECRET');
    }
  });

  it('when it is empty, absent, no map or no YAML, then that is told', () => {
    expect(told('')[0]).toContain('is empty → Write at least model, task and sources.predictions.');
    expect(readPolicyFile(join(folder, 'absent.yaml'))).toMatchObject({ ok: false, problems: [{ says: 'there is no such file' }] });
    expect(readPolicyFile(folder)).toMatchObject({ ok: false, problems: [{ says: 'cannot be read (EISDIR)' }] });
    expect(told('- a\n')[0]).toBe('1:1  the file cannot be a list → Write a map with model, task, sources.');
    expect(told('model: bike\nmodel: car\n')[0]).toMatch(/^2:1 {2}is not YAML here: .*unique/);
  });

  it('when an alias stands for what holds it, or aliases stand for more and more, then it says so at once', () => {
    expect(problemsOf('model: bike\nsegments: &a {plan: *a}\n')).toMatchObject([
      { says: 'holds itself, by an alias', remedy: 'Write out what *NAME stands for.' },
    ]);
    const tenTimes = (name: string) => `[${Array(10).fill(`*${name}`).join(', ')}]`;
    const swelling = Array.from({ length: 9 }, (_, step) => `b${step + 1}: &b${step + 1} ${tenTimes(`b${step}`)}\n`).join('');
    expect(problemsOf(`b0: &b0 [x, x]\n${swelling}`)).toMatchObject([{ says: expect.stringContaining('Excessive alias count') }]);
  });

  it('when problems are rendered, then each shows its line with a caret, and the last line counts them', () => {
    const path = file(
      'model: bike\ntask: regression\nsources: {predictions: gateway}\nperformance:\n    treshold: 3% relative\n    drop: 3%\n',
    );
    const reading = readPolicyFile(path);
    expect(reading.ok ? '' : renderProblems(reading.problems)).toBe(`${path}:5:5  performance.treshold is not a key
     5 |     treshold: 3% relative
       |     ^^^^^^^^
  Its keys are metric, drop, sudden, trend, floor, segments, worstRows.

${path}:6:11  3% can mean two things for a share
     6 |     drop: 3%
       |           ^^
  Write "3% relative" (0.90 → 0.873) or "3 points" (0.90 → 0.87).

2 problems, nothing applied.`);
  });
});

describe('given a file that extends another', () => {
  it('given the base by its absolute path, when it is read, then it is found from any folder', () => {
    const base = file(
      'model: bike\ntask: regression\nsources: {predictions: gateway}\nperformance: {metric: mae}\n',
      'elsewhere/base.yaml',
    );
    const reading = readPolicyFile(file(`extends: ${base}\nmodel: bike-3\n`, 'own/absolute.yaml'));
    expect(reading).toMatchObject({ ok: true, policy: { model: 'bike-3' } });
  });

  it('when both are read, then members merge, lists are replaced, and places stay with their files', () => {
    const base = file(`${shortest}columns: {critical: [a, b], ignore: [c]}\nperformance: {drop: 8% relative}\n`, 'shared/base.yaml');
    const own = file('extends: ../shared/base.yaml\nmodel: bike-2\ncolumns: {critical: [d]}\n', 'own/policy.yaml');
    const reading = readPolicyFile(own);
    if (!reading.ok) throw new Error(renderProblems(reading.problems));
    expect(reading.policy).toMatchObject({
      model: 'bike-2',
      columns: { critical: ['d'], ignored: ['c'] },
      performance: { drop: { by: 0.08 } },
    });
    expect(reading.lines['/model']).toMatchObject({ file: own, line: 2 });
    expect(reading.lines['/performance/drop']).toMatchObject({ file: base, line: 5 });
    expect(reading.lines['/columns/critical/1']).toBeUndefined();
    expect(reading.folder).toBe(dirname(own));
  });

  it('when the fault is in the other, then its own place is told', () => {
    const base = file('task: regresion\n', 'shared/wrong.yaml');
    const reading = readPolicyFile(file('extends: ../shared/wrong.yaml\nmodel: bike\nsources: {predictions: gateway}\n', 'own/wrong.yaml'));
    expect(reading).toMatchObject({ ok: false, problems: [{ file: base, at: { line: 1, column: 7 } }] });
  });

  it('when they go round in a circle, then the circle is named', () => {
    file('extends: two.yaml\n', 'one.yaml');
    file('extends: one.yaml\n', 'two.yaml');
    const reading = readPolicyFile(join(folder, 'one.yaml'));
    expect(reading).toMatchObject({ ok: false, problems: [{ says: 'extends goes round in a circle: one.yaml → two.yaml → one.yaml' }] });
  });

  it('when the other is absent, then its path is told', () => {
    const reading = readPolicyFile(file('extends: nowhere.yaml\n'));
    expect(reading).toMatchObject({ ok: false, problems: [{ file: join(folder, 'nowhere.yaml'), says: 'there is no such file' }] });
  });
});

it('given the schema for editors, when it is compared with the code, then it is current (node --import tsx scripts/policy-schema.main.ts)', () => {
  const written = readFileSync(new URL('../../../schema/anchorwatch.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(written)).toEqual(JSON.parse(policyFileSchemaText()));
});
