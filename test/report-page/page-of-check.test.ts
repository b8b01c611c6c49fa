import { afterAll, describe, expect, it } from 'vitest';
import { smallestGroup } from '../../domain/drift/publishable-bars.ts';
import { renderHtml } from '../../domain/report-page/html/render-html.ts';
import { reach } from '../../domain/report-page/page.ts';
import { pageOfCheck } from '../../domain/report-page/page-of-check.ts';
import { check } from '../../library/index.ts';
import { customers, Folder, type Row } from '../check/tables.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const tables = { baseline: 'past.csv', data: 'now.csv' };
const pageOf = async (past: readonly Row[], now: readonly Row[], policy?: string) =>
  pageOfCheck(
    await check({ baseline: folder.csv('past.csv', past), data: folder.csv('now.csv', now), ...(policy !== undefined && { policy }) }),
    tables,
  );

describe('given a check of two tables', () => {
  it('when a page is made of it, then it begins with what was found, and each column has one effect, in the order of importance × effect', async () => {
    const page = await pageOf(customers(1, 4000), customers(2, 2000, { shift: 0.4 }));
    expect(page).toMatchObject({ title: 'now.csv against past.csv', verdict: 'alarm', performance: [] });
    expect(page.says).toEqual(['amount moved; of 2 columns.', expect.stringMatching(/^Rows were taken as independent/)]);
    expect(page.columns.map(({ column }) => column)).toEqual(['amount', 'plan']);
    for (const { effect } of page.columns) expect(effect?.interval?.[0]).toBeLessThanOrEqual(effect?.value as number);
    expect(page.columns.map(reach).every((one, at, all) => at === 0 || one <= (all[at - 1] as number))).toBe(true);
    expect(page.ignored).toEqual([{ column: 'at', reason: 'times' }]);
    expect(page.columns.flatMap(({ traits }) => traits)).not.toContain('critical');
  });

  it('when the policy names a critical column, then it comes before one that moved further, and is named so', async () => {
    const policy = folder.write(
      'anchorwatch.yaml',
      'model: shop\ntask: regression\nsources:\n  predictions: {files: "*.csv", id: id, time: at, prediction: p}\ncolumns: {critical: [plan]}\n',
    );
    const withIds = (rows: readonly Row[]) => rows.map((row, id) => ({ id, ...row, p: 1 + (id % 7) }));
    const { columns } = await pageOf(
      withIds(customers(3, 3000, { days: 30 })),
      withIds(customers(4, 1000, { firstDay: 30, days: 7, shift: 0.5 })),
      policy,
    );
    expect(columns.findIndex(({ column }) => column === 'plan')).toBeLessThan(columns.findIndex(({ column }) => column === 'amount'));
    expect(columns.find(({ column }) => column === 'plan')?.traits).toContain('critical');
    expect(columns.find(({ column }) => column === 'p')?.traits).toEqual(['numeric', 'prediction']);
  });

  it('when few rows have a value of their own, then nothing on the page tells it', async () => {
    const now = customers(6, 1000).map((row, at) => {
      if (at < smallestGroup - 1) return { ...row, plan: 'secret', amount: 987_654.25 };
      return at < 60 ? { ...row, plan: 'launch' } : row;
    });
    const page = await pageOf(customers(5, 2000), now);
    const told = `${JSON.stringify(page)}${renderHtml(page)}`;
    expect(told.includes('secret')).toBe(false);
    expect(told.includes('987654') || told.includes('987,654')).toBe(false);
    expect(page.remarks).toContainEqual('plan: not in the baseline are launch (51 rows).');
  });
});
