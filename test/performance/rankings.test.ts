import { describe, expect, it } from 'vitest';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { measureAll } from '../../domain/performance/measure-all.ts';
import { ndcg } from '../../domain/performance/metrics/ndcg.ts';
import { rowVarianceOf } from '../../domain/performance/outcome-sums.ts';
import type { Dimension } from '../../domain/policy/dimension.ts';
import { standard } from '../../domain/policy/standard.ts';
import { assess } from '../../domain/report/assess.ts';
import type { Report } from '../../domain/report/report.ts';
import { renderHtml } from '../../domain/report-page/html/render-html.ts';
import { renderMarkdown } from '../../domain/report-page/markdown/render-markdown.ts';
import { pageOfReport } from '../../domain/report-page/page-of-report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, countDays, policyOf, type Row } from '../report/watched-model.ts';

const plan: Dimension = { by: 'values', name: 'plan', column: 'plan', values: ['free', 'pro'] };
const task = { kind: 'ranking', query: ['query'] } as const;
const written = { task, performance: { drop: standard.performance.drop }, segments: [plan] };
const policy = policyOf(written);

interface World {
  /** How well scores know relevance, of 1. */
  readonly skill?: number;
  /** The same of queries of plan pro alone. */
  readonly skillOfPro?: number;
  readonly queries?: number;
  /** Nothing is relevant to anybody. */
  readonly barren?: boolean;
}

/** Queries of 20 items each night, every other one of plan pro; nights differ a little. */
function nights(seed: number, first: number, days: number, { skill = 1, skillOfPro = skill, queries = 24, barren }: World = {}): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.UTC(2011, 0, 1 + first + index)).toISOString().slice(0, 10);
    const mood = 1 + 0.03 * normal();
    return Array.from({ length: 20 * queries }, (_, row) => {
      const query = Math.floor(row / 20);
      const name = query % 2 === 0 ? 'pro' : 'free';
      const taste = normal();
      const label = barren ? 0 : taste > 1.2 ? (taste > 1.8 ? 3 : 1) : 0;
      const known = (name === 'pro' ? skillOfPro : skill) * mood;
      return { day, query: `${day} ${query}`, values: { plan: name, price: normal() }, prediction: known * taste + 0.8 * normal(), label };
    });
  }).flat();
}

const past = nights(1, 0, 84);
const reportOf = (world: World, of = policy) => assess(checkOf(past, nights(2, 84, 7, world), of));
const performance = ({ signals }: Report) => signals.filter(({ layer, segment }) => layer === 'performance' && segment === undefined);
const dropOf = (report: Report) => performance(report).find(({ statistic }) => statistic === 'drop');

describe('given twelve steady weeks of a model that ranks each night', () => {
  it('when nothing changes, then of thirty looks none alarms', () => {
    const later = nights(3, 84, 36);
    const input = checkOf(past, later, policy);
    const counted = countDays(input.grid, later);
    const looks = counted.slice(6).map(({ day }, look) => {
      const to = plusDays(eventTime(day), 1);
      const span = { from: plusDays(to, -7), to };
      const window = counted.slice(look, look + 7);
      const windowDays = { inputs: window, matured: window, earlier: counted.slice(0, look) };
      return assess({ ...input, asOf: to, window: span, maturedWindow: span, windowDays, outcomesExpected: 7 * 480 });
    });
    expect(looks).toHaveLength(30);
    expect(looks.filter(({ outcome }) => outcome !== 'pass').map(({ says }) => says)).toEqual([]);
  }, 120_000);

  it('when its order degrades, then the report alarms by nDCG and tells average precision and queries beside', () => {
    const report = reportOf({ skill: 0.6 });
    expect(report).toMatchObject({ outcome: 'fail', severity: 'red' });
    const drop = dropOf(report);
    expect(drop).toMatchObject({ subject: 'ndcg', outcome: 'fail', pValueKind: 'blocks' });
    expect(report.says[0]).toMatch(/^nDCG 0\.\d+, anchor 0\.\d+: -[\d.]+% \(alarm at 3%\)/);
    expect(drop?.statistics).toMatchObject({ averagePrecision: expect.closeTo(0.45, 0), queries: 168 });
    expect(drop?.statistics.rows).toBeLessThanOrEqual(168);
    expect(drop?.interval?.[0]).toBeLessThan(drop?.value as number);
    expect(performance(report).find(({ statistic }) => statistic === 'sudden')).toMatchObject({ outcome: 'fail' });
    for (const other of ['mae', 'accuracy', 'bias', 'absoluteErrorPercentile50']) expect(drop?.statistics).not.toHaveProperty(other);
  });

  it('when it is shown, then errors and an estimate are not there, and both metrics are named', () => {
    const report = reportOf({ skill: 0.6 });
    expect(report).not.toHaveProperty('errors');
    expect(performance(report).map(({ statistic }) => statistic)).not.toContain('estimate');
    const page = renderHtml(pageOfReport(report));
    expect(renderMarkdown(pageOfReport(report))).toContain('nDCG');
    expect(page).toContain('nDCG');
    expect(page).toContain('Mean average precision');
    expect(page).toContain('Queries with an outcome');
  });

  it('when only queries of one segment degrade, then that segment warns and the gap of fairness alarms', () => {
    const fair = policyOf({ ...written, fairness: { by: ['plan'], gap: { by: 0.1, of: 'relative' } } });
    const report = reportOf({ skillOfPro: 0.3 }, fair);
    const ofPlan = report.signals.filter(({ segment, layer }) => layer === 'performance' && segment === 'plan=pro');
    expect(ofPlan).toMatchObject([{ subject: 'ndcg', outcome: 'fail', critical: false }]);
    const groups = report.signals.filter(({ statistic }) => statistic === 'fairness');
    expect(groups).toMatchObject([{ subject: 'gap by plan', outcome: 'fail' }]);
    expect(reportOf({}, fair).signals.filter(({ statistic }) => statistic === 'fairness')).toMatchObject([{ outcome: 'pass' }]);
  });

  it('when it is watched by average precision, then it alarms by that, and a floor holds', () => {
    const precise = policyOf({ ...written, performance: { metric: 'averagePrecision', floor: 0.9 } });
    const report = reportOf({ skill: 0.6 }, precise);
    expect(dropOf(report)).toMatchObject({ subject: 'averagePrecision', outcome: 'fail' });
    expect(performance(report).find(({ statistic }) => statistic === 'floor')).toMatchObject({ outcome: 'fail', threshold: 0.9 });
  });

  it('when there are fewer than thirty queries with a relevant item, then nothing is judged, however many rows there are', () => {
    for (const world of [{ queries: 4 }, { barren: true }]) {
      const drop = dropOf(reportOf(world));
      expect(drop?.outcome).toBe('inconclusive');
      expect(drop?.missing).toMatch(/^30 matured queries with a relevant item; there are \d+$/);
    }
  });
});

it('given queries of three nights, when their variance is had of the sums, then it is the one of the single queries', () => {
  const rows = nights(5, 0, 3);
  const days = countDays(checkOf(rows, rows, policy).grid, rows).flatMap(({ outcomes }) => outcomes ?? []);
  const queries = [...new Set(rows.map(({ query }) => query))].map((name) =>
    rows.flatMap(({ query, prediction, label }) => (query === name ? [{ score: prediction, relevance: label as number }] : [])),
  );
  const values = queries.flatMap((items) => ndcg(items, 10) ?? []);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(rowVarianceOf('ndcg', days, { unit: 1, classes: [] })).toBeCloseTo(variance, 6);
  expect(measureAll(days, { unit: 1, classes: [] }).ndcg).toBeCloseTo(mean, 6);
});
