import { afterAll, describe, expect, it } from 'vitest';
import { renderCheck } from '../../domain/check/render-check.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import { check } from '../../library/index.ts';
import { customers, Folder } from './tables.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const columnOf = (report: Awaited<ReturnType<typeof check>>, name: string) => report.columns.find(({ column }) => column === name);

describe('given a table without a time column', () => {
  const baseline = folder.csv('baseline.csv', customers(1, 4000));

  it('when another of the same kind is checked, then it is steady, and the sentence says that rows were taken as independent', async () => {
    const report = await check({ baseline, data: folder.csv('same.csv', customers(2, 2000)) });
    expect(report).toMatchObject({
      schemaVersion: 1,
      verdict: 'steady',
      test: { kind: 'independentRows', blocks: 0 },
      window: { rows: 2000, files: 1 },
    });
    expect(report.says).toMatch(/^Steady: nothing moved, of 2 columns\. Rows were taken as independent of each other/);
    expect(report.ignored).toEqual([{ column: 'at', reason: 'times' }]);
    expect(report.notes).toEqual([
      expect.stringContaining('at holds times'),
      expect.stringContaining('no column of outcomes is named. A policy names it (--policy'),
    ]);
    expect(report.window).not.toHaveProperty('from');
  });

  it('when amounts are larger by .4 sigma, then that column alarms with an effect whose interval holds it', async () => {
    const report = await check({ baseline, data: folder.csv('larger.csv', customers(3, 2000, { shift: 0.4 })) });
    expect(report.verdict).toBe('alarm');
    const [amount, plan] = [columnOf(report, 'amount'), columnOf(report, 'plan')];
    expect(amount).toMatchObject({
      kind: 'numeric',
      verdict: 'alarm',
      pValueKind: 'independentRows',
      rows: { baseline: 4000, window: 2000 },
    });
    const [low, high] = amount?.interval ?? [0, 0];
    expect(amount?.effect?.statistic).toBe('wassersteinInSigmas');
    expect(low).toBeLessThan(0.4);
    expect(high).toBeGreaterThan(0.4);
    expect(high - low).toBeLessThan(0.2);
    expect(amount?.statistics.kolmogorovSmirnov).toBeGreaterThan(0.1);
    expect(plan).toMatchObject({ kind: 'categorical', verdict: 'steady', reasons: [] });
    expect(report.columns[0]?.column).toBe('amount');
  });

  it('when the shift is real but too small to matter, then it is steady however sure it is', async () => {
    const [past, now] = [folder.csv('many.csv', customers(4, 40_000)), folder.csv('little.csv', customers(5, 40_000, { shift: 0.08 }))];
    const report = await check({ baseline: past, data: now });
    expect(columnOf(report, 'amount')?.adjustedPValue).toBeLessThan(1e-6);
    expect(report.verdict).toBe('steady');
  });

  it('when the effect is large but the rows are few, then chance explains it and nothing alarms', async () => {
    const rows = customers(6, 40, { shift: 0.15 });
    const report = await check({ baseline, data: folder.csv('few.csv', rows) });
    const amount = columnOf(report, 'amount');
    expect(amount?.effect?.value).toBeGreaterThan(0.2);
    expect(amount).toMatchObject({ verdict: 'steady' });
    expect(report.says).toMatch(/^Steady: nothing moved beyond past and chance \(amount.* moved far, but not certainly\)/);
    expect(renderCheck(report)).toContain('Far, but no further than past and chance explain:\n  amount (numeric): 0.');
  });
});

describe('given a table with times', () => {
  const baseline = folder.ndjson('weeks.ndjson', customers(11, 8400, { days: 84, wander: 0.3 }));
  const week = (shift: number) => folder.ndjson(`week-${shift}.ndjson`, customers(12, 700, { firstDay: 84, days: 7, wander: 0.3, shift }));

  it('when days differ as they always did, then the block test finds nothing, where rows taken as independent may', async () => {
    const report = await check({ baseline, data: week(0), time: 'at' });
    expect(report).toMatchObject({
      verdict: 'steady',
      test: { kind: 'blocks', blocks: 12 },
      window: { from: '2024-03-25T00:00:00.000Z', to: '2024-04-01T00:00:00.000Z', rows: 700 },
    });
    expect(report.says).toContain('12 earlier blocks');
    expect(report.columns.map(({ column }) => column).sort()).toEqual(['amount', 'plan']);
  });

  it('when the week is another by a sigma, then the block test finds it', async () => {
    const report = await check({ baseline, data: week(1), time: 'at' });
    expect(report.verdict).toBe('alarm');
    expect(columnOf(report, 'amount')).toMatchObject({ verdict: 'alarm', pValueKind: 'blocks' });
    expect(columnOf(report, 'amount')?.statistics.smallestShiftSeenInSigmas).toBeGreaterThan(0.1);
  });

  it('when times are no ISO dates, then it says how one is written', async () => {
    const odd = folder.csv('odd-times.csv', [{ amount: 1, plan: 'free', at: '31/01/2024' }, ...customers(12, 1, { firstDay: 84 })]);
    const told = renderCheck(await check({ baseline, data: odd, time: 'at' }));
    expect(told).toContain('Data: 1 row from 2024-03-25 to 2024-03-26.');
    expect(told).toContain('data: 1 rows have no time that can be read, such as 2024-01-31 or 2024-01-31T10:30:00Z, and were left out.');
  });

  it('when there are fewer than 14 days of baseline, then it is inconclusive and says what is missing', async () => {
    const short = folder.csv('ten-days.csv', customers(13, 2000, { days: 10 }));
    const report = await check({
      baseline: short,
      data: folder.csv('three.csv', customers(14, 600, { firstDay: 10, days: 3 })),
      time: 'at',
    });
    expect(report).toMatchObject({ verdict: 'inconclusive', test: { kind: 'none', blocks: 0 } });
    expect(report.says).toMatch(/^Inconclusive: .*14 days of baseline with rows; there are 10/);
  });
});

describe('given more than one way to hold the same rows', () => {
  const [past, now] = [customers(21, 3000), customers(22, 1000, { shift: 0.5 })];

  it('when they come as CSV, as JSON lines, and in parts, then every figure is the same', async () => {
    const csv = await check({ baseline: folder.csv('past.csv', past), data: folder.csv('now.csv', now) });
    const ndjson = await check({ baseline: folder.ndjson('past.ndjson', past), data: folder.ndjson('now.ndjson', now) });
    for (const part of [0, 1, 2]) folder.csv(`part-${part}.csv`, now.slice(part * 400, (part + 1) * 400));
    const parts = await check({ baseline: folder.csv('past.csv', past), data: `${folder.path}/part-*.csv` });
    expect(canonicalJson(ndjson)).toBe(canonicalJson(csv));
    expect(canonicalJson({ ...parts, window: { ...parts.window, files: 1 } })).toBe(canonicalJson(csv));
    expect(parts.window.files).toBe(3);
  });

  it('when a policy names what is critical and what is not looked at, then it holds', async () => {
    const policy = folder.write(
      'anchorwatch.yaml',
      'model: shop\ntask: regression\nsources:\n  predictions: {files: "*.csv", id: id, time: at, prediction: p}\ncolumns: {critical: [plan], ignore: [amount]}\n',
    );
    const days = (rows: typeof past) => rows.map((row, id) => ({ id, ...row, p: row.amount as number }));
    const [before, after] = [customers(23, 3000, { days: 30 }), customers(24, 1000, { firstDay: 30, days: 7, shift: 0.5 })];
    const report = await check({ baseline: folder.csv('p-past.csv', days(before)), data: folder.csv('p-now.csv', days(after)), policy });
    expect(report.ignored).toContainEqual({ column: 'amount', reason: 'by the policy' });
    expect(report.columns.map(({ column, layer }) => [column, layer]).sort()).toEqual([
      ['p', 'predictions'],
      ['plan', 'inputs'],
    ]);
    expect(report.test.kind).toBe('days');
  });

  it('when the past is short and a policy takes rows as independent, then the sentence says why they were', async () => {
    const written = (more: string) =>
      folder.write(
        'short.yaml',
        `model: shop\ntask: regression\nsources:\n  predictions: {files: "*.csv", id: id, time: at, prediction: amount}\n${more}`,
      );
    const tables = {
      baseline: folder.csv('ten.csv', customers(28, 1000, { days: 10 })),
      data: folder.csv('week.csv', customers(27, 1000, { firstDay: 10, days: 7 })),
    };
    expect((await check({ ...tables, policy: written('') })).verdict).toBe('inconclusive');
    const report = await check({ ...tables, policy: written('watch: {independentRows: true}\n') });
    expect(report).toMatchObject({ verdict: 'steady', test: { kind: 'independentRows' } });
    expect(report.says).toContain('as the baseline is too short to be cut into days; if they are,');
  });

  it('when a policy calls columns critical that are not there, then nothing is called steady, and it is said which', async () => {
    const policy = folder.write(
      'misspelt.yaml',
      'model: shop\ntask: regression\nsources:\n  predictions: {files: "*.csv", id: id, time: at, prediction: amount}\ncolumns: {critical: [plam, plan], ranges: {agee: [0, 120]}}\n',
    );
    const baseline = folder.csv('month.csv', customers(28, 3000, { days: 30 }));
    const report = await check({ baseline, data: folder.csv('again.csv', customers(27, 1000, { firstDay: 30, days: 7 })), policy });
    expect(report.verdict).toBe('inconclusive');
    expect(report.notes).toContain('The policy calls plam critical, and neither table has such a column (columns.critical).');
    expect(report.notes).toContain('Neither table has a column agee (columns.ranges).');
    expect(report.says).toContain('plam');
  });

  it('when a policy says that classes are predicted, then one that reads as a number is a class all the same, and nothing is said of it', async () => {
    const classes = folder.write(
      'classes.yaml',
      'model: shop\ntask: classification\nsources:\n  predictions: {files: "*.csv", id: id, time: at, prediction: said}\n',
    );
    const said = (rows: typeof past) => rows.map((row, id) => ({ id, ...row, said: id % 3 === 0 ? 1 : 0 }));
    const [before, after] = [customers(25, 3000, { days: 30 }), customers(26, 1000, { firstDay: 30, days: 7 })];
    const tables = { baseline: folder.csv('said-past.csv', said(before)), data: folder.csv('said-now.csv', said(after)) };
    const report = await check({ ...tables, policy: classes });
    expect(columnOf(report, 'said')).toMatchObject({ kind: 'categorical', layer: 'predictions', verdict: 'steady' });
    expect(report.notes.join(' ')).not.toContain('said is taken as numeric');
  });
});
