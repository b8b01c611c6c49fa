import { describe, expect, it } from 'vitest';
import { windowsBefore } from '../../domain/drift/windows-before.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import { assess } from '../../domain/report/assess.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, countDays, type Row } from '../report/watched-model.ts';

/** Days on which temp lies `warmer(day)` sigmas above where it was. */
function rowsOf(seed: number, firstDay: number, days: number, warmer: (day: number) => number): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days * 60 }, (_, index) => {
    const place = firstDay + Math.floor(index / 60);
    const day = new Date(Date.UTC(2011, 0, 1 + place)).toISOString().slice(0, 10);
    return { day, values: { temp: normal() + warmer(place), plan: random() < 0.4 ? 'free' : 'pro' }, prediction: 100 + 20 * normal() };
  });
}

const past = rowsOf(1, 0, 84, () => 0);
/** Five weeks after the baseline, then the window. */
function reportOf(warmer: (day: number) => number, weeks = 5) {
  const input = checkOf(past, rowsOf(3, 84 + 7 * weeks, 7, warmer));
  const before = windowsBefore(7, input.window, eventTime('2011-03-26'));
  before.add(countDays(input.grid, rowsOf(2, 84, 7 * weeks, warmer)));
  return assess({ ...input, windowDays: { ...input.windowDays, before: before.windows() } });
}

describe('given a column that has been moving away for five weeks', () => {
  const { signals } = reportOf((day) => Math.max(0, (day - 84) / 35));
  const temp = signals.find(({ subject, layer }) => subject === 'temp' && layer === 'inputs');

  it('when a report is made, then it tells the effect of each week up to now, and that it rises', () => {
    expect(temp?.history).toHaveLength(6);
    expect(temp?.history?.at(-1)).toBe(temp?.value);
    for (const [at, effect] of (temp?.history ?? []).entries())
      if (at > 0) expect(effect).toBeGreaterThan(temp?.history?.[at - 1] as number);
    expect(temp?.statistics.effectRisePerWindow).toBeGreaterThan(0.1);
    expect(temp?.statistics.effectRisePValue).toBeLessThan(0.001);
  });

  it('when names are measured, then they have a way as well, and it does not rise', () => {
    const plan = signals.find(({ subject, layer }) => subject === 'plan' && layer === 'inputs');
    expect(plan?.history).toHaveLength(6);
    expect(plan?.statistics.effectRisePValue).toBeGreaterThan(0.05);
  });
});

it('given a column that never moved, when a report is made, then it alarms of nothing, whatever line its windows make', () => {
  expect(reportOf(() => 0).outcome).not.toBe('fail');
});

it('given a week without rows among the earlier ones, when a report is made, then the way begins after it', () => {
  const input = checkOf(
    past,
    rowsOf(3, 84 + 7 * 5, 7, () => 0),
  );
  const weeks = countDays(
    input.grid,
    rowsOf(2, 84, 7 * 5, () => 0),
  ).filter((_, day) => day < 14 || day >= 21);
  const before = windowsBefore(7, input.window, eventTime('2011-03-26'));
  before.add(weeks);
  const { signals } = assess({ ...input, windowDays: { ...input.windowDays, before: before.windows() } });
  expect(signals.find(({ subject, layer }) => subject === 'temp' && layer === 'inputs')?.history).toHaveLength(3);
});

it('given two earlier weeks, when a report is made, then they are told and no line is drawn', () => {
  const temp = reportOf(() => 0, 2).signals.find(({ subject, layer }) => subject === 'temp' && layer === 'inputs');
  expect(temp?.history).toHaveLength(3);
  expect(temp?.statistics).not.toHaveProperty('effectRisePerWindow');
});

it('given no days before the window, when a report is made, then nothing is told of a way', () => {
  const { signals } = assess(
    checkOf(
      past,
      rowsOf(3, 84, 7, () => 0),
    ),
  );
  expect(signals.every((signal) => !('history' in signal))).toBe(true);
});
