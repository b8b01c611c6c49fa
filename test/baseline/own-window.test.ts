import { describe, expect, it } from 'vitest';
import { ownWindow } from '../../domain/baseline/own-window.ts';
import { productionWindows } from '../../domain/baseline/production-windows.ts';
import { tellBaseline } from '../../domain/baseline/tell-baseline.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { assess } from '../../domain/report/assess.ts';
import type { Report } from '../../domain/report/report.ts';
import { pageOfReport } from '../../domain/report-page/page-of-report.ts';
import { checkOf, policyOf, type Row, version } from '../report/watched-model.ts';

const policy = policyOf({ labels: { maturesAfterDays: 3 } });
const start = eventTime('2011-04-01');
const rows: Row[] = Array.from({ length: 28 * 5 }, (_, row) => ({
  day: plusDays(start, Math.floor(row / 5)).slice(0, 10),
  values: { temp: row % 7 },
  prediction: row % 3,
  label: row % 3,
}));
const input = checkOf(rows, rows.slice(0, 35), policy);
const given = input.baseline as NonNullable<typeof input.baseline>;
const heldOut = { ...given.body, from: 'held-out' as const, takenAt: eventTime('2011-05-02T09:30:00Z') };

describe('a baseline of held-out rows', () => {
  it('given a version that came into service during a day, then its own days begin with the next and are full with their labels', () => {
    expect(ownWindow(policy, heldOut)).toEqual({ since: eventTime('2011-05-03'), fullAt: eventTime('2011-06-03') });
    expect(ownWindow(policy, { ...heldOut, takenAt: eventTime('2011-05-02') })?.since).toBe(eventTime('2011-05-02'));
    expect(ownWindow(policy, given.body)).toBeUndefined();
  });

  it('given people ask what a model is held against, then it is told as provisional, and until when', () => {
    expect(tellBaseline(heldOut, policy)).toBe(
      'baseline: 140 held-out rows, 2011-04-01 to 2011-04-28, provisional: days of its own take its place from 2011-06-03 on',
    );
    expect(tellBaseline({ ...given.body, anyway: { who: 'ann', reason: 'spring' } }, policy)).toBe(
      'baseline: 140 rows of production, 2011-04-01 to 2011-04-28, taken by ann whether steady or not (spring)',
    );
  });

  it('given a report held against it, then report and page say so, and nothing else differs but the weeks of production a trend has', () => {
    const withoutWeeks = ({ signals, ...report }: Omit<Report, 'says' | 'provisional'>) => ({
      ...report,
      signals: signals.map(({ statistics: { rows, weeks, ...statistics }, ...signal }) =>
        signal.statistic === 'trend' ? { ...signal, statistics } : { ...signal, statistics: { rows, weeks, ...statistics } },
      ),
    });
    const { provisional, says, ...provisionally } = assess({ ...input, baseline: { ...given, body: heldOut } });
    const { says: saidOtherwise, ...otherwise } = assess(input);
    expect(provisional).toBe(true);
    expect(says).toEqual([saidOtherwise[0], `${saidOtherwise[1]} The baseline is provisional.`]);
    expect(withoutWeeks(provisionally)).toEqual(withoutWeeks(otherwise));
    const { facts } = pageOfReport({ ...provisionally, provisional: true, says });
    expect(facts.find(({ term }) => term === 'Baseline')?.is).toMatch(/provisional/);
  });
});

it('given days that were taken although they are not steady, then every report says so', () => {
  const body = { ...given.body, anyway: { who: 'ann', reason: 'spring' }, stability: { outcome: 'fail' as const, says: 'A trend.' } };
  expect(assess({ ...input, baseline: { ...given, body } }).says[1]).toMatch(/ The baseline was taken although it is not steady\.$/);
  expect(assess({ ...input, baseline: { ...given, body: { ...body, stability: { outcome: 'pass', says: '' } } } }).says[1]).not.toContain(
    'steady',
  );
});

describe('the days a baseline can be taken from', () => {
  const days = Array.from({ length: 45 }, (_, day) => ({ day: plusDays(start, day).slice(0, 10), version, rows: 24 }));
  const windows = (asOf: number, since?: number) =>
    productionWindows(policy, days, plusDays(start, asOf), ...(since === undefined ? [] : [plusDays(start, since)]));

  it('given 45 days, then there are as many stretches as check windows fit behind the first', () => {
    const found = windows(60);
    expect(found.outcome === 'pass' && found.windows).toEqual(
      [0, 7, 14].map((day) => ({ from: plusDays(start, day), to: plusDays(start, day + 28) })),
    );
  });

  it('given a day from which they count, then nothing before it belongs to one', () => {
    expect(windows(60, 10)).toEqual({
      outcome: 'pass',
      windows: [10, 17].map((day) => ({ from: plusDays(start, day), to: plusDays(start, day + 28) })),
    });
    expect(windows(60, 20)).toMatchObject({
      outcome: 'inconclusive',
      says: expect.stringContaining('a baseline needs 28 days, until 2011-05-19'),
    });
  });

  it('given labels that have not all matured, then it is told until when to wait', () => {
    expect(windows(30)).toMatchObject({ outcome: 'inconclusive', says: expect.stringContaining('mature at 2011-05-02') });
    expect(windows(31).outcome).toBe('pass');
  });

  it('given no predictions, then it says where to look', () => {
    expect(productionWindows(policy, [], start)).toMatchObject({
      outcome: 'inconclusive',
      says: expect.stringContaining('No predictions'),
    });
  });
});
