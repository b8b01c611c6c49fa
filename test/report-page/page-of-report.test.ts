import { describe, expect, it } from 'vitest';
import { assess } from '../../domain/report/assess.ts';
import { comparedStatistics } from '../../domain/report-page/compared-statistics.ts';
import { renderHtml } from '../../domain/report-page/html/render-html.ts';
import { renderMarkdown } from '../../domain/report-page/markdown/render-markdown.ts';
import { pageOfReport } from '../../domain/report-page/page-of-report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, policyOf, type Row } from '../report/watched-model.ts';

function rowsOf(seed: number, firstDay: number, days: number, { warmer = 0, nulls = 0.01, worse = 1 } = {}): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days * 60 }, (_, row) => {
    const day = new Date(Date.UTC(2011, 0, 1 + firstDay + Math.floor(row / 60))).toISOString().slice(0, 10);
    const prediction = 100 + 20 * normal();
    const values = { temp: 15 + 5 * (normal() + warmer), hum: random() < nulls ? null : 60 + 10 * normal(), constant: 1 };
    return { day, values, prediction, label: prediction + worse * 30 * normal() };
  });
}

const policy = policyOf({ columns: { critical: ['hum'], ignored: ['constant'] } });
const world = { warmer: 1, nulls: 0.2, worse: 2 };
const report = assess({ ...checkOf(rowsOf(1, 0, 84), rowsOf(2, 84, 7, world), policy), anomalies: { duplicate: 3 } });
const page = pageOfReport(report);

describe('given the report of a watched model', () => {
  it('when a page is made of it, then performance stands with value, interval, reference and threshold', () => {
    expect(page).toMatchObject({ title: 'bike-demand, version 3', verdict: 'alarm', says: report.says });
    expect(page.facts).toContainEqual({ term: 'Performance of', is: '420 rows, 2011-03-26 to 2011-04-02, 100% with an outcome' });
    const [drop] = page.performance;
    expect(drop).toMatchObject({ metric: 'Mean error', rule: 'window against the baseline', verdict: 'alarm' });
    expect(drop?.value).toBeGreaterThan(drop?.threshold as number);
    expect(drop?.threshold).toBeGreaterThan(drop?.reference as number);
  });

  it('when columns are told, then what decides comes first though another moved further, and a prediction is named so', () => {
    const named = page.columns.map(({ column }) => column);
    expect(named).toHaveLength(3);
    expect(named.indexOf('hum')).toBeLessThan(named.indexOf('temp'));
    expect(page.columns.find(({ column }) => column === 'hum')?.traits).toEqual(['numeric', 'critical']);
    expect(page.columns.find(({ column }) => column === 'prediction')?.traits).toEqual(['numeric', 'prediction']);
    expect(page.columns.find(({ column }) => column === 'temp')?.distribution?.window.length).toBeGreaterThan(10);
  });

  it('when quality and what was left out are told, then with their reasons', () => {
    expect(page.flaws[0]).toMatchObject({ column: 'hum', flaw: 'missing', verdict: 'alarm' });
    expect(page.remarks).toEqual(['3 rows were given more than once, and counted once.']);
    expect(page.ignored).toEqual([{ column: 'constant', reason: 'by the policy' }]);
  });

  it('when statistics are told, then each by what people call it', () => {
    const names = report.signals.flatMap(({ statistics }) => comparedStatistics(statistics));
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter(({ name, says }) => name === says && !['smallest', 'largest', 'share'].includes(name))).toEqual([]);
  });

  it('when it is written, then page and Markdown tell the same verdicts', () => {
    const [html, markdown] = [renderHtml(page), renderMarkdown(page)];
    for (const text of [html, markdown]) {
      expect(text).toContain('Mean error');
      expect(text).toContain('▲');
      expect(text).toContain('by the policy');
    }
    expect(markdown).toMatch(/^\| `temp` .*\| ▲ Moved +\|$/m);
    expect(html).toContain('Policy line: <code>/watch/effects/');
  });
});
