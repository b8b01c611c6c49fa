import { expect, it } from 'vitest';
import { movingAway } from '../../domain/report-page/way-in-words.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { madeColumn } from './made-page.ts';

const withRise = (effectRisePerWindow: number, effectRisePValue: number) =>
  movingAway({ ...madeColumn(1, seededRandom(1)), statistics: { effectRisePerWindow, effectRisePValue } });

it('given an effect that rises from window to window beyond chance, when its way is told, then in the unit of the effect', () => {
  expect(withRise(0.05, 0.002)).toBe('moving away by 0.05 sigma a window');
});

it('given one that falls, or that rises perhaps by chance, when its way is told, then nothing is said', () => {
  expect(withRise(-0.05, 0.999)).toBeUndefined();
  expect(withRise(0.05, 0.2)).toBeUndefined();
  expect(movingAway({ ...madeColumn(1, seededRandom(1)), statistics: {} })).toBeUndefined();
});
