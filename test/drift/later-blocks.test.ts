import { describe, expect, it } from 'vitest';
import { windowsBefore } from '../../domain/drift/windows-before.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import { assess } from '../../domain/report/assess.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, countDays, type Row } from '../report/watched-model.ts';

const baselineDays = 28;
const rowsADay = 120;

/** How a day differs from the baseline: temp in sigmas, and the share of rows without a temp. */
interface Mood {
  readonly warmer?: number;
  readonly missing?: number;
}

/** Days that wander by a tenth of a sigma. */
function rowsOf(seed: number, firstDay: number, days: number, mood: (day: number) => Mood): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days }, (_, at) => firstDay + at).flatMap((place) => {
    const day = new Date(Date.UTC(2011, 0, 1 + place)).toISOString().slice(0, 10);
    const { warmer = 0, missing = 0.02 } = mood(place);
    const wander = 0.1 * normal();
    return Array.from({ length: rowsADay }, (): Row => {
      const temp = random() < missing ? undefined : normal() + wander + warmer;
      return {
        day,
        values: { ...(temp !== undefined && { temp }), plan: random() < 0.4 ? 'free' : 'pro' },
        prediction: 100 + 20 * normal(),
      };
    });
  });
}

/** Four weeks of baseline, so many weeks since, and the week that is judged. */
function signalsOf(weeks: number, mood: (day: number) => Mood, known = weeks) {
  const first = baselineDays + 7 * weeks;
  const input = checkOf(rowsOf(1, 0, baselineDays, mood), rowsOf(3, first, 7, mood));
  const before = windowsBefore(7, input.window, eventTime('2011-01-29'));
  if (known > 0) before.add(countDays(input.grid, rowsOf(2, baselineDays, 7 * weeks, mood)));
  const report = assess({ ...input, windowDays: { ...input.windowDays, before: before.windows() } });
  const of = (statistic: string) =>
    report.signals.find((signal) => signal.subject === 'temp' && (signal.layer === 'inputs' ? 'inputs' : signal.statistic) === statistic);
  return { report, temp: of('inputs'), nulls: of('nulls') };
}

const first = (weeks: number) => baselineDays + 7 * weeks;

describe('given four weeks of baseline and twelve steady weeks since', () => {
  const moved = (day: number): Mood => (day >= first(12) ? { warmer: 0.4, missing: 0.08 } : {});
  const { report, temp, nulls } = signalsOf(12, moved);
  const alone = signalsOf(12, moved, 0);

  it('when a week is warmer, then it is tested against sixteen blocks, and found; the baseline alone cannot be sure', () => {
    expect(report.blocks).toEqual({ unit: 'window', count: 16 });
    expect(temp).toMatchObject({
      outcome: 'fail',
      pValueKind: 'blocks',
      statistics: { blocks: 16, laterBlocks: 12, laterBlocksAlarmed: 0 },
    });
    expect(alone.temp).toMatchObject({ outcome: 'pass', pValueKind: 'days' });
    expect(alone.report.blocks).toEqual({ unit: 'day', count: 28 });
    expect(temp?.value).toBeCloseTo(alone.temp?.value as number, 12);
  });

  it('when more of its values are missing, then that is tested against the same blocks', () => {
    expect(nulls).toMatchObject({ outcome: 'fail', pValueKind: 'blocks' });
    expect(nulls?.pValue).toBeLessThan(alone.nulls?.pValue as number);
  });

  it('when it is as it was, then nothing alarms', () => {
    expect(signalsOf(12, () => ({})).report.outcome).not.toBe('fail');
  });
});

it('given a week long ago that alarmed, when a week is warmer now, then that one is left out of what is usual', () => {
  const odd = (day: number) => day >= first(3) && day < first(4);
  const { temp } = signalsOf(12, (day) => (odd(day) ? { warmer: 2 } : day >= first(12) ? { warmer: 0.4 } : {}));
  expect(temp).toMatchObject({ outcome: 'fail', statistics: { blocks: 15, laterBlocks: 11, laterBlocksAlarmed: 1 } });
});

it('given values that have been rising ever since the baseline, then no later week is taken as usual, and it is said', () => {
  const rising = (day: number): Mood => ({ warmer: Math.max(0, day - baselineDays) / 84 });
  const { temp } = signalsOf(12, rising);
  expect(temp).toMatchObject({ pValueKind: 'days', statistics: { laterBlocks: 0 } });
  expect(temp?.statistics.laterTrendPValue).toBeLessThan(0.01);
  expect(temp?.pValue).toBe(signalsOf(12, rising, 0).temp?.pValue);
});

it('given missing values that have been rising ever since, then the rise is held against the baseline alone', () => {
  const rising = (day: number): Mood => ({ missing: 0.02 + Math.max(0, day - baselineDays) / 1500 });
  expect(signalsOf(12, rising).nulls?.pValueKind).toBe('days');
});

it('given two weeks since the baseline, which are too few with it, then single days of the baseline are asked as before', () => {
  const { temp, report } = signalsOf(2, () => ({}));
  expect(temp?.pValueKind).toBe('days');
  expect(report.blocks).toEqual({ unit: 'day', count: 28 });
});
