import { describe, expect, it } from 'vitest';
import { worsePerformance } from '../../domain/decision/triggers.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { Dimension } from '../../domain/policy/dimension.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { alarmSubjects } from '../../domain/report/alarm-subjects.ts';
import { assess } from '../../domain/report/assess.ts';
import type { Report } from '../../domain/report/report.ts';
import { reportMetrics } from '../../domain/report/report-metrics.ts';
import { suggestThresholds } from '../../domain/report/suggest-thresholds.ts';
import { pageOfReport } from '../../domain/report-page/page-of-report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, countDays, policyOf, type Row } from './watched-model.ts';

const plan: Dimension = { by: 'values', name: 'plan', column: 'plan', values: ['free', 'pro', 'rare'] };
const policyWith = (limits: Policy['performance']['segments'] = {}) =>
  policyOf({ segments: [plan], performance: { drop: { by: 0.25, of: 'relative' }, segments: limits } });

interface World {
  /** Of the errors in plan pro, one row in seven. */
  readonly worse?: number;
  /** Sigmas by which the temperature of plan pro is moved. */
  readonly warmer?: number;
}

/** One row in ten is of plan pro, three in a thousand of plan rare, the others are free; days differ a little. */
function rowsOf(seed: number, firstDay: number, days: number, { worse = 1, warmer = 0 }: World = {}): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.UTC(2011, 0, 1 + firstDay + index)).toISOString().slice(0, 10);
    const mood = 0.05 * normal();
    return Array.from({ length: 150 }, (_, row) => {
      const name = row % 7 === 0 ? 'pro' : row === 10 && index % 2 === 0 ? 'rare' : 'free';
      const moved = name === 'pro' ? warmer : 0;
      const prediction = 100 + 20 * normal();
      const values = { plan: name, temp: 15 + 5 * (mood + normal() + moved), wind: normal() };
      return { day, values, prediction, label: prediction + (name === 'pro' ? worse : 1) * 30 * normal() };
    });
  }).flat();
}

const past = rowsOf(1, 0, 84);
const reportOf = (world: World, policy = policyWith()) => assess(checkOf(past, rowsOf(2, 84, 7, world), policy));
const ofSegment = (report: Report, segment: string, layer = 'performance') =>
  report.signals.filter((signal) => signal.segment === segment && signal.layer === layer);
const newest = (report: Report) => ({ digest: 'r'.repeat(64) as Digest, report });

it('given four weeks of baseline and eight steady ones since, when the small plan gets worse, then its slice is held against all twelve, and told', () => {
  const policy = policyWith({ 'plan=pro': { by: 0.1, of: 'relative' } });
  const input = checkOf(rowsOf(1, 0, 28), rowsOf(2, 84, 7, { worse: 1.6 }), policy);
  const since = { ...input.windowDays, earlier: countDays(input.grid, rowsOf(3, 28, 56)) };
  const [known, unknown] = [since, input.windowDays].map((windowDays) => ofSegment(assess({ ...input, windowDays }), 'plan=pro')[0]);
  expect(known).toMatchObject({ outcome: 'fail', pValueKind: 'blocks', statistics: { blocks: 12, laterBlocks: 8, laterBlocksAlarmed: 0 } });
  expect(unknown).toMatchObject({ outcome: 'pass', pValueKind: 'days' });
  expect(known?.reference).toBe(unknown?.reference);
});

describe('given twelve stable weeks of two plans', () => {
  it('when nothing changes, then each slice is steady against its own past, and the report is green', () => {
    const report = reportOf({});
    expect(report).toMatchObject({ outcome: 'pass', severity: 'green' });
    for (const name of ['plan=free', 'plan=pro']) {
      expect(ofSegment(report, name)).toMatchObject([{ statistic: 'drop', outcome: 'pass', critical: false, pValueKind: 'blocks' }]);
      expect(ofSegment(report, name, 'inputs')).toMatchObject([{ outcome: 'pass' }]);
      expect(ofSegment(report, name, 'inputs')[0]).not.toHaveProperty('distribution');
    }
    expect(() => canonicalJson(report)).not.toThrow();
  });

  it('when the small plan gets worse, then the whole passes, the slice warns, and nothing is triggered by it', () => {
    const report = reportOf({ worse: 1.6 });
    expect(report).toMatchObject({ outcome: 'pass', severity: 'yellow' });
    const [pro] = ofSegment(report, 'plan=pro');
    expect(pro).toMatchObject({ subject: 'mae', outcome: 'fail', critical: false, policyPath: '/performance/drop' });
    expect(pro?.statistics.behindBest).toBeCloseTo((pro?.value as number) - (ofSegment(report, 'plan=free')[0]?.value as number), 9);
    expect(ofSegment(report, 'plan=free')[0]?.statistics.behindBest).toBe(0);
    expect(worsePerformance([newest(report)], policyWith())).toEqual([]);
    expect(alarmSubjects(report)).toEqual([]);
    expect(report).not.toHaveProperty('cause');
  });

  it('when the small plan has a limit of its own and gets worse by more, then it alarms, triggers, and can be acknowledged by name', () => {
    const policy = policyWith({ 'plan=pro': { by: 0.1, of: 'relative' } });
    const report = reportOf({ worse: 1.6 }, policy);
    expect(report).toMatchObject({ outcome: 'fail', severity: 'red' });
    expect(report.says[0]).toMatch(/^Mean error in plan=pro 3\d(\.\d)?, anchor 2\d(\.\d)?: \+[\d.]+% \(alarm at 10%\)/);
    expect(ofSegment(report, 'plan=pro')).toMatchObject([
      { outcome: 'fail', critical: true, policyPath: '/performance/segments/plan=pro' },
    ]);
    expect(worsePerformance([newest(report)], policy)).toMatchObject([{ policyPath: '/performance/segments/plan=pro' }]);
    expect(alarmSubjects(report)).toEqual(['performance/mae in plan=pro']);
    expect(suggestThresholds(policy, [report, report])).toMatchObject([{ policyPath: '/performance/segments/plan=pro', old: 0.1 }]);
    expect(reportMetrics(report)['production.mae']).toBe(report.signals.find(({ statistic }) => statistic === 'drop')?.value);
  });

  it('when inputs of the small plan alone move, then they are told and explain, and the whole is steady', () => {
    const report = reportOf({ warmer: 1 });
    expect(report).toMatchObject({ outcome: 'pass', severity: 'yellow' });
    expect(ofSegment(report, 'plan=pro', 'inputs')).toMatchObject([{ subject: 'temp', outcome: 'fail', critical: false }]);
    expect(ofSegment(report, 'plan=free', 'inputs')).toMatchObject([{ outcome: 'pass' }]);
    expect(report.says[1]).toMatch(/^Nothing moved beyond its past.* In segments: temp in plan=pro moved [\d.]+ (sigma|KS)\.$/);
    expect(reportMetrics(report)['production.columns-moved']).toBe(0);
  });

  it('when a slice has a handful of rows, then no figure of it is told', () => {
    const report = reportOf({});
    const [performance, inputs] = [...ofSegment(report, 'plan=rare'), ...ofSegment(report, 'plan=rare', 'inputs')];
    for (const signal of [performance, inputs]) {
      expect(signal).toMatchObject({ outcome: 'inconclusive', statistics: {} });
      expect(signal?.value).toBeUndefined();
      expect(signal?.missing).toContain('10');
    }
  });

  it('when a limit is of a segment the grid does not count, then the report is inconclusive and says so', () => {
    const report = reportOf({}, policyWith({ 'land=FR': { by: 0.1, of: 'relative' } }));
    expect(report.outcome).toBe('inconclusive');
    expect(ofSegment(report, 'land=FR')).toMatchObject([{ outcome: 'inconclusive', missing: 'a grid that was cut with this segment' }]);
  });

  it('when it is made a page, then each segment is a line of it, and no column or rule of the whole', () => {
    const page = pageOfReport(reportOf({ worse: 1.6, warmer: 1 }));
    expect(page.segments.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['plan=free', 'steady'],
      ['plan=pro', 'alarm'],
      ['plan=rare', 'inconclusive'],
    ]);
    expect(page.segments[1]?.inputs).toMatch(/^temp moved/);
    expect(page.columns.map(({ column }) => column).sort()).toEqual(['plan', 'prediction', 'temp', 'wind']);
    expect(page.performance.every(({ says }) => !says.includes(' in plan'))).toBe(true);
  });
});

describe('given a gap between the plans that the policy watches', () => {
  const policy = policyOf({
    segments: [plan],
    performance: { drop: { by: 0.25, of: 'relative' } },
    fairness: { by: ['plan'], gap: { by: 0.2, of: 'relative' } },
  });

  it('when one plan gets worse, then the gap alarms, and the page tells how far apart they were before', () => {
    const report = reportOf({ worse: 2.4 }, policy);
    expect(alarmSubjects(report)).toEqual(['performance/gap by plan']);
    const [gap] = report.signals.filter(({ statistic }) => statistic === 'fairness');
    const shown = pageOfReport(report).performance.find(({ rule }) => rule === 'furthest apart of the groups');
    expect(shown).toMatchObject({ metric: 'Gap between groups by plan', verdict: 'alarm', value: gap?.value });
    expect(shown?.reference).toBe(gap?.statistics.differenceInBaseline);
  });

  it('when nothing changes, then it passes', () => {
    expect(reportOf({}, policy)).toMatchObject({ outcome: 'pass', severity: 'green' });
  });
});
