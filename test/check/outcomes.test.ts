import { afterAll, describe, expect, it } from 'vitest';
import { writeProfileFile } from '../../adapters/profile-file/profile-file.ts';
import { renderCheck } from '../../domain/check/render-check.ts';
import { pageOfCheck } from '../../domain/report-page/page-of-check.ts';
import { type CheckedPerformance, type CheckReport, check, profile } from '../../library/index.ts';
import { orderPolicy, orders } from './labelled-tables.ts';
import { Folder, type Row } from './tables.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const policy = folder.write('policy.yaml', orderPolicy());
const late = folder.write('late.yaml', orderPolicy('', ', maturesAfter: 5d'));
const past = orders(1, 6000, { days: 30 });
const baseline = folder.csv('past.csv', past);
const without = (rows: readonly Row[], ...names: string[]): Row[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))));
const ruleOf = ({ performance }: CheckReport, wanted: string): CheckedPerformance | undefined =>
  performance.find(({ rule, segment }) => rule === wanted && segment === undefined);

describe('given two tables that carry predictions and outcomes, and a policy that names them', () => {
  it('when outcomes changed and nothing else did, then performance alarms as concept drift while every column is steady', async () => {
    const data = folder.csv('broken.csv', orders(2, 2000, { firstDay: 30, days: 10, broken: 0.7 }));
    const report = await check({ baseline, data, policy });
    expect(report).toMatchObject({ verdict: 'alarm', cause: { kind: 'concept', inputs: 2, moved: [] } });
    expect(report.window).toMatchObject({ rows: 2000, labelled: 2000 });
    expect(report.columns.every(({ verdict }) => verdict === 'steady')).toBe(true);
    expect(report.performance.map(({ rule }) => rule)).toEqual(['drop', 'sudden', 'trend', 'change']);
    const drop = ruleOf(report, 'drop');
    const { value = 1, reference = 0, threshold = 0, interval = [1, 0] } = drop ?? {};
    expect(drop).toMatchObject({ metric: 'rocAuc', verdict: 'alarm', critical: true, pValueKind: 'days' });
    expect([interval[0] < value, value < interval[1], interval[1] < threshold, threshold < reference]).toEqual([true, true, true, true]);
    expect(drop?.statistics).toMatchObject({ rows: 2000, rowsInBaseline: 6000, labelledShare: 1 });
    for (const name of ['accuracy', 'brier', 'calibrationErrorOfEqualMass', 'calibrationErrorOfEqualMassInBaseline', 'logLossPercentile50'])
      expect(drop?.statistics[name], name).toBeGreaterThan(0);
    expect(report.errors?.now).toBeGreaterThan((report.errors?.before ?? 1) + 0.1);
    expect(report.says).toMatch(
      /^Alarm: ROC AUC 0\.\d+, anchor 0\.\d+: -\d.* Concept drift: .* Data: nothing moved, of 4 columns\. Tested day/,
    );
  });

  it('when they are as they were, then both are steady', async () => {
    const data = folder.csv('same.csv', orders(3, 2000, { firstDay: 30, days: 10 }));
    const report = await check({ baseline, data, policy });
    expect(report.verdict).toBe('steady');
    expect(ruleOf(report, 'drop')).toMatchObject({ verdict: 'steady' });
    expect(report).not.toHaveProperty('cause');
    expect(report.says).toMatch(/^Steady: ROC AUC 0\.\d+, anchor/);
  });

  it('when an input moved and outcomes did not mind, then the consequence says so', async () => {
    const data = folder.csv('shifted.csv', orders(4, 2000, { firstDay: 30, days: 10, shift: 1 }));
    const report = await check({ baseline, data, policy });
    expect(report).toMatchObject({ verdict: 'alarm', consequence: { kind: 'steady', moved: ['amount'] } });
    expect(report.says).toContain('amount moved, and ROC AUC is as good as before on these rows');
  });

  it('when some rows have no outcome, then these are only unlabelled, and the share is told', async () => {
    const rows = orders(5, 2000, { firstDay: 30, days: 10 }).map((row, index) => (index % 4 === 0 ? { ...row, returned: null } : row));
    const report = await check({ baseline, data: folder.csv('partly.csv', rows), policy });
    expect(report).toMatchObject({ verdict: 'steady', window: { labelled: 1500 } });
    expect(ruleOf(report, 'drop')?.statistics.labelledShare).toBe(0.75);
    expect(report.notes).toContain('Data: Outcomes for 75% of the rows only.');
  });

  it('when absence means a label, then rows without one count as having it', async () => {
    const presuming = folder.write('absent.yaml', orderPolicy('', ', maturesAfter: 1d, absentMeans: "0"'));
    const rows = orders(6, 2000, { firstDay: 30, days: 10 });
    const silent = (of: readonly Row[]) => of.map((row) => (row.returned === '0' ? { ...row, returned: null } : row));
    const saying = folder.write('next-day.yaml', orderPolicy('', ', maturesAfter: 1d'));
    const explicit = await check({ baseline, data: folder.csv('said.csv', rows), policy: saying });
    const presumed = await check({
      baseline: folder.csv('silent-past.csv', silent(past)),
      data: folder.csv('silent.csv', silent(rows)),
      policy: presuming,
    });
    expect(ruleOf(presumed, 'drop')?.value).toBe(ruleOf(explicit, 'drop')?.value);
    expect(presumed.errors).toEqual(explicit.errors);
    expect(presumed.notes.join(' ')).toMatch(/% of the rows have an outcome, the others count as 0/);
  });

  it('when classes are written in two ways, then none is right, and a note asks whether that is why', async () => {
    const rows = orders(15, 2000, { firstDay: 30, days: 10 }).map((row) => ({ ...row, returned: `${row.returned}.0` }));
    const report = await check({ baseline, data: folder.csv('as-fractions.csv', rows), policy });
    expect(report.notes).toEqual(['No outcome of the data is the class that was predicted: are both written alike, and not as 1 and 1.0?']);
  });

  it('when labels do not wait, then those of a stray last day count as well', async () => {
    const rows = [...orders(16, 2000, { firstDay: 30, days: 10 }), ...orders(17, 1, { firstDay: 40, days: 1 })];
    const report = await check({ baseline, data: folder.csv('stray.csv', rows), policy, asOf: new Date('2024-02-10T18:00:00Z') });
    expect(report).toMatchObject({ window: { rows: 2001, labelled: 2001, to: '2024-02-10T00:00:00.000Z' }, notes: [] });
  });

  it('when too few have an outcome, then performance cannot be judged, and so the check is inconclusive and says what is missing', async () => {
    const rows = orders(7, 2000, { firstDay: 30, days: 10 }).map((row, index) => (index % 100 === 0 ? row : { ...row, returned: null }));
    const report = await check({ baseline, data: folder.csv('few.csv', rows), policy });
    expect(report.verdict).toBe('inconclusive');
    expect(report.says).toMatch(/cannot be judged: needs 30 matured rows with outcomes; there are 20\. Data: nothing moved, of 4 columns/);
  });
});

describe('given labels that mature after five days', () => {
  const rows = orders(8, 2000, { firstDay: 30, days: 10, broken: 0.7 });
  const young = (row: Row) => String(row.at) >= '2024-02-05';

  it('when rows are younger than that at the end of the data, then their labels change nothing, whatever they say', async () => {
    const report = await check({ baseline, data: folder.csv('all.csv', rows), policy: late });
    const blank = rows.map((row) => (young(row) ? { ...row, returned: null } : row));
    const wrong = rows.map((row) => (young(row) ? { ...row, returned: row.predicted as string } : row));
    for (const [name, other] of Object.entries({ blank, wrong }))
      expect(await check({ baseline, data: folder.csv(`${name}.csv`, other), policy: late }), name).toEqual(report);
    expect(report).toMatchObject({ verdict: 'alarm', window: { rows: 2000, labelled: 1000 } });
    expect(report.notes).toContain(
      'Labels mature after 5 days: of 1,000 rows of the data, from 2024-02-05 on, none counts yet. Taken later, say when (--as-of).',
    );
  });

  it('when it is said that the tables were taken later, then all that had matured by then count', async () => {
    const data = folder.csv('later.csv', rows);
    const labelled = async (asOf: string) => (await check({ baseline, data, policy: late, asOf: new Date(asOf) })).window.labelled;
    expect(await labelled('2024-02-12T08:00:00Z')).toBe(1400);
    expect(await labelled('2024-03-01')).toBe(2000);
  });
});

describe('given rows without a time', () => {
  const untimed = (rows: readonly Row[]) => without(rows, 'at');
  const before = folder.csv('untimed.csv', untimed(past));

  it('when outcomes changed, then the drop alarms with rows taken as independent, and nothing is asked of days', async () => {
    const report = await check({
      baseline: before,
      data: folder.csv('untimed-broken.csv', untimed(orders(9, 1000, { broken: 0.7 }))),
      policy,
    });
    expect(report).toMatchObject({ verdict: 'alarm', test: { kind: 'independentRows' } });
    expect(report.performance).toMatchObject([{ rule: 'drop', verdict: 'alarm', pValueKind: 'independentRows' }]);
    expect(report.errors?.days).toEqual([]);
    expect(report.errors?.pValue).toBeLessThan(1e-6);
    expect(report.notes.join(' ')).toContain(
      'The baseline has no column at, which the policy names as the time, so rows are taken as independent',
    );
  });

  it('when they did not, then it is steady', async () => {
    const report = await check({ baseline: before, data: folder.csv('untimed-same.csv', untimed(orders(10, 1000))), policy });
    expect(report.verdict).toBe('steady');
    expect(report.performance).toMatchObject([{ rule: 'drop', verdict: 'steady' }]);
  });
});

describe('given tables or a policy by which performance cannot be judged', () => {
  const rows = orders(11, 2000, { firstDay: 30, days: 10 });
  const data = folder.csv('whole.csv', rows);
  const bare = folder.csv('bare.csv', without(rows, 'returned'));

  it('when no policy is given, then nothing is guessed of outcomes, and how to name them is said', async () => {
    const report = await check({ baseline, data, time: 'at' });
    expect(report.performance).toEqual([]);
    expect(report.columns.map(({ column }) => column)).toContain('returned');
    expect(report.notes.join(' ')).toContain('Performance is not judged: no column of outcomes is named. A policy names it (--policy');
  });

  it('when one of the tables lacks the label, then all else is judged and a note tells which', async () => {
    for (const [tables, told] of [
      [{ baseline, data: bare }, 'The data have no column returned, which the policy names as the label, so performance is not judged.'],
      [
        { baseline: folder.csv('bare-past.csv', without(past, 'returned')), data },
        'The baseline has no column returned, which the policy names as the label, so performance is not judged.',
      ],
    ] as const) {
      const report = await check({ ...tables, policy });
      expect(report).toMatchObject({ verdict: 'steady', performance: [], quality: { missingColumns: [], newColumns: [] } });
      expect(report.notes).toContain(told);
    }
  });

  it('when only some files have it, then the rows of the others are unlabelled', async () => {
    folder.csv('part-1.csv', rows.slice(0, 1000));
    folder.csv('part-2.csv', without(rows.slice(1000), 'returned'));
    const report = await check({ baseline, data: `${folder.path}/part-*.csv`, policy });
    expect(report.window).toMatchObject({ rows: 2000, labelled: 1000, anomalies: {} });
  });

  it('when they lack the score, then a metric of scores cannot be judged, and one of classes can', async () => {
    const classes = folder.write('classes.yaml', orderPolicy('', '', 'accuracy'));
    const tables = {
      baseline: folder.csv('no-score-past.csv', without(past, 'p_return')),
      data: folder.csv('no-score.csv', without(rows, 'p_return')),
    };
    const report = await check({ ...tables, policy });
    expect(report.notes.join(' ')).toContain('no column p_return, so what is made of scores cannot be judged');
    expect(ruleOf(report, 'drop')).toMatchObject({ verdict: 'inconclusive' });
    expect(ruleOf(await check({ ...tables, policy: classes }), 'drop')).toMatchObject({ metric: 'accuracy', verdict: 'steady' });
  });

  it('when a predicted class reads as a number, then it is a class all the same, and nothing is said of it', async () => {
    const report = await check({ baseline, data, policy });
    expect(report.columns.find(({ column }) => column === 'predicted')).toMatchObject({ kind: 'categorical', layer: 'predictions' });
    expect(report.columns.find(({ column }) => column === 'p_return')).toMatchObject({ kind: 'numeric', layer: 'predictions' });
    expect(report.notes).toEqual([]);
  });
});

describe('given a baseline that was counted before', () => {
  const data = folder.csv('for-profile.csv', orders(12, 2000, { firstDay: 30, days: 10, broken: 0.7 }));
  const kept = async (name: string, options: Parameters<typeof profile>[0]) => {
    const path = `${folder.path}/${name}.json`;
    await writeProfileFile(path, await profile(options));
    return path;
  };

  it('when it holds outcomes, then the report is the one its file gives', async () => {
    const from = await kept('labelled', { data: baseline, policy });
    expect(await check({ baseline: from, data, policy })).toEqual(await check({ baseline, data, policy }));
    const unjudged = await check({ baseline: from, data });
    expect(unjudged.performance).toEqual([]);
    expect(unjudged.notes.join(' ')).toContain(
      'holds outcomes (returned): with the policy it was counted by, performance is judged (--policy)',
    );
  });

  it('when it was counted before outcomes were named, then it says so and how to count it anew, and judges the rest', async () => {
    const { reading, ...older } = await profile({ data: baseline, policy });
    const { outcomes, score, ...plain } = reading;
    const path = `${folder.path}/older.json`;
    await writeProfileFile(path, { ...older, reading: plain });
    const report = await check({ baseline: path, data, policy });
    expect(report.performance).toEqual([]);
    expect(report.notes.join(' ')).toContain(
      'profile holds no outcomes, so performance is not judged. Count it anew: anchorwatch profile FILE --policy',
    );
  });

  it('when its table had no time and the policy names one, then it is read so again', async () => {
    const untimed = folder.csv('untimed-for-profile.csv', without(past, 'at'));
    const from = await kept('untimed', { data: untimed, policy });
    expect(await check({ baseline: from, data, policy })).toEqual(await check({ baseline: untimed, data, policy }));
  });
});

describe('given a policy with segments, and groups to be treated alike', () => {
  const divided = folder.write(
    'divided.yaml',
    orderPolicy('segments: {channel: [shop, web]}\nfairness: {by: [channel]}\n').replace(
      'relative}',
      'relative, segments: {channel=web: 5% relative}}',
    ),
  );
  const rows = [...orders(13, 1500, { firstDay: 30, days: 10 }), ...orders(14, 1500, { firstDay: 30, days: 10, broken: 0.8 })].map(
    (row, index) => ({ ...row, channel: index < 1500 ? 'shop' : 'web' }),
  );

  it('when one became worse, then it alarms by itself, and page and terminal show it', async () => {
    const data = folder.csv('divided.csv', rows);
    const report = await check({ baseline, data, policy: divided });
    const web = report.performance.find(({ segment }) => segment === 'channel=web');
    const shop = report.performance.find(({ segment }) => segment === 'channel=shop');
    expect(web).toMatchObject({ verdict: 'alarm', critical: true });
    expect(shop).toMatchObject({ verdict: 'steady', critical: false });
    expect(report.performance.filter(({ rule }) => rule === 'fairness').map(({ metric }) => metric)).toEqual([
      'parity by channel',
      'opportunity by channel',
      'gap by channel',
    ]);
    const page = pageOfCheck(report, { baseline, data });
    expect(page.performance.map(({ metric, rule }) => [metric, rule])).toContainEqual(['ROC AUC', 'window against the baseline']);
    expect(page.predictions.join(' ')).toContain('Calibration: scores are off by');
    expect(page.segments.find(({ name }) => name === 'channel=web')).toMatchObject({
      verdict: 'alarm',
      performance: { metric: 'ROC AUC', decides: true },
    });
    const told = renderCheck(report);
    expect(told).toMatch(/\nPerformance:\n {2}▲ ROC AUC 0\.\d+, anchor/);
    expect(told).toMatch(/\nSegments:\n {2}ROC AUC in channel=shop/);
    expect(told).toContain('3,000 with an outcome');
  });
});
