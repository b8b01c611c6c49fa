import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWatchedExample, type WatchedExample } from './watched-example.ts';

describe('bike-watch, fed by Parquet files alone', () => {
  let example: WatchedExample;

  beforeAll(async () => {
    example = await openWatchedExample('bike-watch');
  });
  afterAll(() => example.close());

  it('given five weeks, when a baseline of eight is taken, then the answer is inconclusive and says what is lacking', async () => {
    const answer = await example.takeBaseline('2011-08-08');
    expect(answer.outcome).toBe('inconclusive');
    expect(answer.says).toContain('needs 56 days, until 2011-08-29');
  });

  it('given eight weeks and their labels, when the baseline is taken, then it holds every hour', async () => {
    const answer = await example.takeBaseline('2011-09-12');
    expect(answer.outcome).toBe('pass');
    expect(answer.says).toMatch(
      /^Baseline of 13\d\d rows of production on 56 days from 2011-07-04 to 2011-08-28, 13\d\d with their outcome\.$/,
    );
  });

  it('given a day before the baseline ended, when it is checked, then nothing is judged by what was still to come', async () => {
    const report = await example.check('2011-08-15');
    expect({ outcome: report.outcome, baseline: report.body.baseline }).toEqual({ outcome: 'inconclusive', baseline: undefined });
    expect(report.says.join(' ')).toMatch(/needs/);
  });

  it('given a steady autumn, when it is checked weekly, then nothing alarms', async () => {
    for (const day of ['2011-09-19', '2011-10-03', '2011-11-14']) {
      const report = await example.check(day);
      expect({ day, outcome: report.outcome, rows: report.body.window.rows > 150 }).toEqual({ day, outcome: 'pass', rows: true });
      const ofPerformance = report.body.signals.filter(({ layer }) => layer === 'performance');
      expect(ofPerformance.map(({ statistic, outcome }) => `${statistic} ${outcome}`)).toEqual([
        'drop pass',
        'sudden pass',
        'trend pass',
        'change pass',
        'estimate inconclusive',
      ]);
    }
  });

  it('given the winter in which demand grew, when it is checked, then the error alarms', async () => {
    const report = await example.check('2012-02-20');
    expect(report.alarm).toBe(true);
    const performance = report.body.signals.find(({ layer }) => layer === 'performance');
    expect(performance?.outcome).toBe('fail');
    expect(report.says[0]).toMatch(/mean (absolute )?error/i);
    const warned = report.body.signals.filter(({ layer, critical, outcome }) => layer === 'performance' && !critical && outcome === 'fail');
    expect(warned.map(({ statistic, severity }) => [statistic, severity])).toEqual([
      ['trend', 'yellow'],
      ['change', 'yellow'],
    ]);
    expect(warned[1]?.says).toContain('told on 2012-01-12');
  });

  it('given the same look, when it is repeated, then the report is the same', async () => {
    expect((await example.check('2012-02-20')).report).toBe((await example.check('2012-02-20')).report);
  });
});
