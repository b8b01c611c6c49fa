import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createCountingActivities } from '../../activities/counting.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { type OpenLedger, openLedgerForTest } from '../activities/open-ledger.ts';

const file = fileURLToPath(new URL('../../examples/bike-watch/anchorwatch.yaml', import.meta.url));

describe('bike-watch, fed by Parquet files alone', () => {
  let ledger: OpenLedger;
  let model: Report['model'];
  let policy: AppliedPolicy;
  let baseline: Digest;

  beforeAll(async () => {
    ledger = await openLedgerForTest();
    const read = readPolicyFile(file);
    if (!read.ok) throw new Error('the example policy does not hold');
    model = read.policy.model;
    policy = await ledger.apply(read.policy, read.folder);
  });
  afterAll(() => ledger.close());

  const check = async (day: string) => {
    const asOf = eventTime(day);
    const counting = createCountingActivities(ledger);
    const { grid, segments } = await counting.findSegments({ model, policy, asOf });
    for (const segment of segments) await counting.countSegment({ model, policy, grid: grid as Digest, segment });
    const answer = await createAssessingActivities(ledger).assess({ model, policy, baseline, asOf });
    return { ...answer, body: (await ledger.artefacts.read<Report>('report', answer.report)) as Report };
  };

  it('given five weeks, when a baseline of eight is taken, then the answer is inconclusive and says what is lacking', async () => {
    const answer = await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: eventTime('2011-08-08') });
    expect(answer.outcome).toBe('inconclusive');
    expect(answer.says).toContain('needs 56 days, until 2011-08-29');
  });

  it('given eight weeks and their labels, when the baseline is taken, then it holds every hour', async () => {
    const answer = await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: eventTime('2011-09-12') });
    expect(answer.outcome).toBe('pass');
    expect(answer.says).toMatch(
      /^Baseline of 13\d\d rows of production on 56 days from 2011-07-04 to 2011-08-28, 13\d\d with their outcome\.$/,
    );
    baseline = answer.baseline as Digest;
  });

  it('given a day before the baseline ended, when it is checked, then nothing is judged by what was still to come', async () => {
    const report = await check('2011-08-15');
    expect({ outcome: report.outcome, baseline: report.body.baseline }).toEqual({ outcome: 'inconclusive', baseline: undefined });
    expect(report.says.join(' ')).toMatch(/needs/);
  });

  it('given a steady autumn, when it is checked weekly, then nothing alarms', async () => {
    for (const day of ['2011-09-19', '2011-10-03', '2011-11-14']) {
      const report = await check(day);
      expect({ day, outcome: report.outcome, rows: report.body.window.rows > 150 }).toEqual({ day, outcome: 'pass', rows: true });
      const ofPerformance = report.body.signals.filter(({ layer }) => layer === 'performance');
      expect(ofPerformance.map(({ statistic, outcome }) => `${statistic} ${outcome}`)).toEqual([
        'drop pass',
        'sudden pass',
        'trend pass',
        'change pass',
      ]);
    }
  });

  it('given the winter in which demand grew, when it is checked, then the error alarms', async () => {
    const report = await check('2012-02-20');
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
    expect((await check('2012-02-20')).report).toBe((await check('2012-02-20')).report);
  });
});
