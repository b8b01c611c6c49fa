import { expect, it } from 'vitest';
import { measureFlawStability } from '../../domain/baseline/measure-flaw-stability.ts';
import { cutNumeric } from '../../domain/grid/cut-numeric.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { benjaminiHochberg } from '../../domain/statistics/benjamini-hochberg.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const column = cutNumeric({ name: 'temp', role: 'feature', kind: 'numeric', values: [0, 1] });
const start = eventTime('2011-01-03');

const dayOf = (day: number, rows: number, nulls: number) => ({
  day: plusDays(start, day).slice(0, 10),
  counts: { cells: [0, rows - nulls, 0], nulls, notANumber: 0, typeErrors: 0 },
});

it('given shares of missing rows whose odds wander, rare and swinging far to one side, then nearly all columns are steady', () => {
  const random = seededRandom(5);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const refused = Array.from({ length: 200 }, () => {
    const days = Array.from({ length: 28 }, (_, day) => {
      const share = 1 / (1 + Math.exp(3.9 - 0.8 * normal()));
      return dayOf(day, 400, Math.max(0, Math.round(400 * share + Math.sqrt(400 * share) * normal())));
    });
    const odd = measureFlawStability(column, days, 7).filter(({ kind }) => kind === 'odd');
    return Math.min(...benjaminiHochberg(odd.map(({ pValue }) => pValue)));
  }).filter((adjusted) => adjusted <= 0.01);
  expect(refused.length).toBeLessThanOrEqual(5);
});

it('given a flaw that no day has, then nothing is asked of it', () => {
  const days = Array.from({ length: 28 }, (_, day) => dayOf(day, 40, 0));
  expect(measureFlawStability(column, days, 7)).toEqual([]);
});

it('given too few days, then nothing can be said', () => {
  const days = Array.from({ length: 10 }, (_, day) => dayOf(day, 40, day));
  expect(measureFlawStability(column, days, 7)).toEqual([]);
});
