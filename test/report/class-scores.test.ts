import { describe, expect, it } from 'vitest';
import { assess } from '../../domain/report/assess.ts';
import { pageOfReport } from '../../domain/report-page/page-of-report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, policyOf, type Row } from './watched-model.ts';

function rowsOf(seed: number, firstDay: number, days: number, less = 0): Row[] {
  const random = seededRandom(seed);
  return Array.from({ length: days * 60 }, (_, row) => {
    const day = new Date(Date.UTC(2011, 0, 1 + firstDay + Math.floor(row / 60))).toISOString().slice(0, 10);
    const basic = Math.max(0, 0.9 * random() - less);
    return { day, values: { age: 20 + 50 * random(), p_basic: basic, p_pro: 1 - basic }, prediction: basic };
  });
}

const predictions = { from: 'files', glob: '*.csv', id: ['id'], time: 'at', prediction: 'prediction' } as const;
const scored = policyOf({ sources: { predictions: { ...predictions, score: { basic: 'p_basic', pro: 'p_pro' } } } });
const report = assess(checkOf(rowsOf(1, 0, 84), rowsOf(2, 84, 7, 0.3), scored));

describe('given scores of several classes, each in a column of its own', () => {
  it('when they move, then they are predictions that decide, with all that is told of a score, and no inputs', () => {
    const layers = Object.fromEntries(report.signals.filter(({ layer }) => layer !== 'quality').map((one) => [one.subject, one.layer]));
    expect(layers).toMatchObject({ age: 'inputs', p_basic: 'predictions', p_pro: 'predictions', prediction: 'predictions' });
    const basic = report.signals.find(({ subject, layer }) => subject === 'p_basic' && layer === 'predictions');
    expect(basic).toMatchObject({ outcome: 'fail', critical: true });
    expect(basic?.statistics.meanInBlockDeviations).toBeLessThan(-2);
    expect(basic?.statistics.firstQuartile).toBeLessThan(basic?.statistics.firstQuartileInBaseline as number);
    expect(report.signals.find(({ subject }) => subject === 'age')?.statistics).not.toHaveProperty('meanInBlockDeviations');
  });

  it('when the page is made, then it says in words how far off they are', () => {
    const line = pageOfReport(report).predictions.find((one) => one.startsWith('p_basic: '));
    expect(line).toMatch(
      /^p_basic: mean 0\.\d+ \(0\.4\d+ before\), [\d.]+ deviations of earlier blocks lower \(beyond 2 is unusual\); first quartile down to \S+ \(0\.2\d* before\); \S+% at or beyond the range seen when the grid was cut \(\S+% before\); means of earlier blocks are \S+ sigma apart\.$/,
    );
  });
});
