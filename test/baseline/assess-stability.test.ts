import { describe, expect, it } from 'vitest';
import { assessStability } from '../../domain/baseline/assess-stability.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { countDays, gridOf, policyOf, type Row } from '../report/watched-model.ts';

const start = eventTime('2011-01-03');
const dayOf = (day: number) => plusDays(start, day).slice(0, 10);

interface World {
  readonly shift?: (day: number) => number;
  readonly rare?: (day: number) => number;
  /** Share of rows without the number. */
  readonly missing?: (day: number) => number;
}

/** Days of forty rows of a number and a category; each day's mean wanders by .05 sigma. */
function rowsOf(days: number, seed: number, more: World = {}): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days }, (_, day) => {
    const mean = (more.shift?.(day) ?? 0) + 0.05 * normal();
    const missing = more.missing?.(day);
    return Array.from({ length: 40 }, () => ({
      day: dayOf(day),
      values: {
        temp: missing !== undefined && random() < missing ? null : mean + normal(),
        plan: random() < (more.rare?.(day) ?? 0.3) ? 'pro' : 'free',
      },
      prediction: normal(),
    }));
  }).flat();
}

const judge = (rows: readonly Row[], policy = policyOf()) => {
  const grid = gridOf(rows);
  return assessStability(policy, grid, countDays(grid, rows));
};

describe('whether days are steady enough to be a baseline', () => {
  it('given days that only wander, four weeks or twelve, then nearly all are steady', () => {
    for (const days of [28, 84]) {
      const refused = Array.from({ length: 12 }, (_, seed) => judge(rowsOf(days, 1 + seed))).filter(({ outcome }) => outcome !== 'pass');
      expect(refused.length).toBeLessThanOrEqual(1);
    }
  });

  for (const days of [28, 84]) {
    it(`given a number that rises by one sigma over ${days} days, then it is refused and the trend is named`, () => {
      const { outcome, says } = judge(rowsOf(days, 7, { shift: (day) => day / days }));
      expect(outcome).toBe('fail');
      expect(says).toMatch(/temp has a trend, by 0\.[5-9]\d* sigma \(as far as 0\.2 is an alarm\) from the first third to the last, p = /);
      expect(says).not.toContain('plan');
    });

    it(`given a category that becomes common over ${days} days, then it is refused and the trend is named`, () => {
      const { outcome, says } = judge(rowsOf(days, 8, { rare: (day) => 0.1 + (0.7 * day) / days }));
      expect(outcome).toBe('fail');
      expect(says).toMatch(/plan has a trend, by [\d.]+ (PSI|Jensen–Shannon distance)/);
    });
  }

  it('given a rise that is sure and too small to matter, then it is steady', () => {
    expect(judge(rowsOf(84, 9, { shift: (day) => (0.12 * day) / 84 })).outcome).toBe('pass');
  });

  it('given one week that is not like the other eleven, then it is refused and the week is named', () => {
    const { outcome, says } = judge(rowsOf(84, 10, { shift: (day) => (day >= 35 && day < 42 ? 1.5 : 0) }));
    expect(outcome).toBe('fail');
    expect(says).toMatch(/^temp from 2011-02-07 to 2011-02-13 is unlike the other days, by 1\.\d* sigma/);
  });

  it('given one day of four weeks that is not like the others, then the day is named', () => {
    expect(judge(rowsOf(28, 11, { shift: (day) => (day === 10 ? 3 : 0) })).says).toMatch(/^temp on 2011-01-13 is unlike/);
  });

  it('given critical columns, then another that has a trend does not keep the days from being a baseline', () => {
    const rows = rowsOf(28, 7, { shift: (day) => day / 28 });
    expect(judge(rows, policyOf({ columns: { critical: ['plan'] } })).outcome).toBe('pass');
    expect(judge(rows, policyOf({ columns: { critical: ['temp'] } })).outcome).toBe('fail');
    expect(judge(rows, policyOf({ columns: { ignored: ['temp'] } })).outcome).toBe('pass');
  });

  it('given ten days, then it cannot be told', () => {
    expect(judge(rowsOf(10, 1))).toEqual({ outcome: 'inconclusive', says: 'The days are too few to tell whether they are steady.' });
  });

  for (const days of [28, 84]) {
    it(`given a number that is missing ever more often over ${days} days, then it is refused, and how far that led`, () => {
      const { outcome, says } = judge(rowsOf(days, 21, { missing: (day) => 0.05 + (0.3 * day) / days }));
      expect(outcome).toBe('fail');
      expect(says).toMatch(
        /^of temp rows that are missing have a trend, from \d+(\.\d+)?% in the first third to [23]\d(\.\d+)?% in the last \(as far apart as 5% is an alarm\), p = /,
      );
    });
  }

  it('given one week in which a number is missing, or is there as it never is, then the week is named', () => {
    const isWeek = (day: number) => day >= 35 && day < 42;
    expect(judge(rowsOf(84, 22, { missing: (day) => (isWeek(day) ? 0.5 : 0.03) })).says).toMatch(
      /^of temp \d+(\.\d+)?% of rows are missing from 2011-02-07 to 2011-02-13, [\d.]+% on the other days/,
    );
    expect(judge(rowsOf(84, 23, { missing: (day) => (isWeek(day) ? 0 : 0.3) })).says).toMatch(
      /^of temp 0% of rows are missing from 2011-02-07/,
    );
  });

  it('given one day of four weeks without the number at all, then the day is named', () => {
    expect(judge(rowsOf(28, 24, { missing: (day) => (day === 10 ? 1 : 0) })).says).toMatch(
      /^of temp 100% of rows are missing on 2011-01-13, 0%/,
    );
  });

  it('given a rise of missing rows that is sure and less than an alarm, then it is steady', () => {
    expect(judge(rowsOf(84, 25, { missing: (day) => (0.05 * day) / 84 })).outcome).toBe('pass');
  });

  it('given a column that is not judged, then its missing rows do not matter', () => {
    const rows = rowsOf(28, 26, { missing: (day) => day / 28 });
    expect(judge(rows).outcome).toBe('fail');
    expect(judge(rows, policyOf({ columns: { critical: ['plan'] } })).outcome).toBe('pass');
    expect(judge(rows, policyOf({ columns: { ignored: ['temp'] } })).outcome).toBe('pass');
  });
});
