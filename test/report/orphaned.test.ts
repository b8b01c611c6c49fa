import { describe, expect, it } from 'vitest';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { OutcomeArrivals } from '../../domain/ledger/outcome-arrivals.ts';
import { assess } from '../../domain/report/assess.ts';
import type { Signal } from '../../domain/report/report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, policyOf, type Row } from './watched-model.ts';

const start = eventTime('2011-01-01');
const nameOf = (day: number) => plusDays(start, day).slice(0, 10);

/** Eighty-four days of predictions and the window's seven. */
const rows: Row[] = Array.from({ length: 91 * 20 }, (_, index) => ({
  day: nameOf(Math.floor(index / 20)),
  values: { temp: index % 17 },
  prediction: index % 10,
  label: index % 10,
}));

type Arrived = Partial<Omit<OutcomeArrivals, 'day'>>;

/** A hundred outcomes a day; of each day that is given, and of the last seven, so many wait. */
const arrivals = (days: number, of: (day: number) => Arrived): OutcomeArrivals[] =>
  Array.from({ length: days }, (_, at) => {
    const day = 91 - days + at;
    return { day: nameOf(day), outcomes: 100, waiting: 0, met: {}, ...of(day) };
  });

function signalOf(outcomeArrivals: readonly OutcomeArrivals[], policy = policyOf()): Signal | undefined {
  const input = checkOf(rows.slice(0, 84 * 20), rows.slice(84 * 20), policy);
  return assess({ ...input, outcomeArrivals }).signals.find(({ statistic }) => statistic === 'orphaned');
}
const newest = (day: number) => day >= 84;

describe('given outcomes that became known', () => {
  it('when all found their prediction, or none became known, then nothing is said', () => {
    expect(signalOf(arrivals(91, () => ({})))).toBeUndefined();
    expect(signalOf(arrivals(91, (day) => (newest(day) ? { outcomes: 0 } : {})))).toBeUndefined();
    expect(signalOf([])).toBeUndefined();
  });

  it('when a tenth more than ever found none, then it fails', () => {
    expect(signalOf(arrivals(91, (day) => ({ waiting: newest(day) ? 12 : day % 3 })))).toMatchObject({
      layer: 'quality',
      subject: 'outcomes',
      outcome: 'fail',
      threshold: 0.05,
      pValueKind: 'blocks',
      policyPath: '/watch/effects/orphanPoints',
      statistics: { share: 0.12, shareInBaseline: expect.closeTo(0.01, 3), rowsInWindow: 700 },
      says: expect.stringMatching(
        /^outcomes: 12% of rows are without a prediction, .* in the baseline \(alarm at 5% more\), adjusted p = /,
      ),
    });
  });

  it('when as many as ever found none, many as they are, then it passes', () => {
    expect(signalOf(arrivals(91, (day) => ({ waiting: 80 + (day % 5) })))?.outcome).toBe('pass');
  });

  it('when the policy sets another threshold, then that one holds', () => {
    const policy = policyOf({ watch: { effects: { orphanPoints: 0.3 } } });
    expect(
      signalOf(
        arrivals(91, (day) => ({ waiting: newest(day) ? 12 : 1 })),
        policy,
      )?.outcome,
    ).toBe('pass');
  });

  it('when days differ by as much as the newest does, then it passes', () => {
    const random = seededRandom(4);
    const week = Array.from({ length: 14 }, () => Math.round(30 * random()));
    const signal = signalOf(arrivals(91, (day) => ({ waiting: newest(day) ? 25 : (week[Math.floor(day / 7)] as number) })));
    expect(signal).toMatchObject({ outcome: 'pass', value: expect.any(Number), threshold: 0.05 });
    expect(signal?.value).toBeGreaterThan(0.05);
  });

  it('when predictions came a day late every week, then the newest week is held against what each week had missed by its end', () => {
    const late = (day: number): Arrived => (day % 7 === 6 ? { waiting: 100, met: { [nameOf(day + 1)]: 100 } } : {});
    expect(signalOf(arrivals(91, late))).toMatchObject({ outcome: 'pass', value: expect.closeTo(0, 9) });
  });

  it('when predictions came later and met them all, then none is without one', () => {
    expect(signalOf(arrivals(91, (day) => ({ waiting: 50, met: { [nameOf(day)]: 50 } })))).toBeUndefined();
  });

  it('when not one found its prediction, then it fails whatever was before', () => {
    const none = () => ({ waiting: 100 });
    expect(signalOf(arrivals(7, none))).toMatchObject({ outcome: 'fail', statistics: { share: 1 } });
    expect(signalOf(arrivals(91, none))).toMatchObject({ outcome: 'fail', statistics: { share: 1, shareInBaseline: 1 } });
  });

  it('when they are too few, or their past is too short to be tested against, then it is inconclusive', () => {
    expect(signalOf(arrivals(91, (day) => (newest(day) ? { outcomes: 4, waiting: 4 } : {})))).toMatchObject({
      outcome: 'inconclusive',
      missing: '30 rows in the window; there are 28',
    });
    expect(signalOf(arrivals(14, (day) => ({ waiting: newest(day) ? 30 : 1 })))).toMatchObject({ outcome: 'inconclusive' });
  });

  it('when they have no past and some found theirs, then nothing is said', () => {
    expect(signalOf(arrivals(7, () => ({ waiting: 30 })))).toBeUndefined();
  });
});
