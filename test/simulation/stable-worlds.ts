import type { DayPlan } from './counted-normals.ts';

export type WorldName = keyof typeof worlds;

/** Days in which nothing drifts, one after another, of about so many rows each. */
export type World = (random: () => number, rowsADay: number) => () => DayPlan;

const normalOf = (random: () => number) => () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const lastingAtHalf = Math.sqrt(1 - 0.5 ** 2);

/** What differs from day to day is the mean, in sigmas of a row, and how many rows there are. */
export const worlds = {
  /** All rows are alike. */
  'independent rows': (_random, rows) => () => ({ mean: 0, rows }),
  /** Days wander by 0.2. */
  'days that differ': (random, rows) => {
    const normal = normalOf(random);
    return () => ({ mean: 0.2 * normal(), rows });
  },
  /** Days wander by 0.1, each half of what the day before was. */
  'days alike for days': (random, rows) => {
    const normal = normalOf(random);
    let state = normal();
    return () => {
      state = 0.5 * state + lastingAtHalf * normal();
      return { mean: 0.1 * state, rows };
    };
  },
  /** Weekdays are up to 0.3 apart, and days wander by 0.1. */
  'a week in each week': (random, rows) => {
    const normal = normalOf(random);
    let day = 0;
    return () => {
      day += 1;
      return { mean: 0.15 * Math.cos((2 * Math.PI * day) / 7) + 0.1 * normal(), rows };
    };
  },
  /** A busy day has many times the rows of a quiet one, and days wander by 0.1. */
  'unequal volumes': (random, rows) => {
    const normal = normalOf(random);
    return () => ({ mean: 0.1 * normal(), rows: Math.max(1, Math.round(rows * Math.exp(0.8 * normal() - 0.32))) });
  },
} satisfies Record<string, World>;

export const worldNames = Object.keys(worlds) as WorldName[];
