import { expect, it } from 'vitest';
import { correlationRatio } from '../../domain/statistics/correlation-ratio.ts';

/** Lengths of shells from five places: the example of scipy.stats.f_oneway (1.17), which says F = 7.121019471642447. */
const places = [
  [0.0571, 0.0813, 0.0831, 0.0976, 0.0817, 0.0859, 0.0735, 0.0659, 0.0923, 0.0836],
  [0.0873, 0.0662, 0.0672, 0.0819, 0.0749, 0.0649, 0.0835, 0.0725],
  [0.0974, 0.1352, 0.0817, 0.1016, 0.0968, 0.1064, 0.105],
  [0.1033, 0.0915, 0.0781, 0.0685, 0.0677, 0.0697, 0.0764, 0.0689],
  [0.0703, 0.1026, 0.0956, 0.0973, 0.1039, 0.1045],
];
const scipyF = 7.121019471642447;

it('given the shells of scipy, when the correlation ratio is measured, then it is what F of the analysis of variance says', () => {
  const rows = places.flat().length;
  const [between, within] = [places.length - 1, rows - places.length];
  const etaSquared = (scipyF * between) / (scipyF * between + within);
  const ratio = correlationRatio(
    places.map((lengths) => ({ rows: lengths.length, sum: lengths.reduce((sum, length) => sum + length, 0) })),
    places.flat().reduce((sum, length) => sum + length ** 2, 0),
  );
  expect(ratio?.etaSquared).toBeCloseTo(etaSquared, 12);
  expect(ratio?.adjusted).toBeCloseTo(1 - ((1 - etaSquared) * (rows - 1)) / within, 12);
});
