import { describe, expect, it } from 'vitest';
import { jackknifeExcess } from '../../domain/gates/jackknife-excess.ts';
import { measureRows } from '../../domain/gates/measure-rows.ts';
import { pairRows } from '../../domain/gates/paired-days.ts';
import type { ScoredRow } from '../../domain/gates/scored-row.ts';
import type { MetricName } from '../../domain/policy/policy.ts';
import { scikitLearn } from './scikit-learn.ts';

const { days, regression, binary } = scikitLearn;
const sides = ['candidate', 'champion'] as const;
type Side = (typeof sides)[number];

const row = (index: number, rest: Pick<ScoredRow, 'label' | 'prediction' | 'score'>): ScoredRow => ({
  id: String(index),
  timeMilliseconds: Date.UTC(2024, 4, 1 + (days[index] as number), index % 24),
  ...rest,
});
const quantities = (side: Side) =>
  regression.label.map((label, index) => row(index, { label, prediction: regression[side][index] as number }));
const classes = (side: Side) =>
  binary.label.map((label, index) =>
    row(index, { label, prediction: binary[side].prediction[index] as number, score: binary[side].score[index] as number }),
  );
const figures = (expected: Readonly<Record<string, unknown>>) =>
  Object.entries(expected).filter((figure): figure is [MetricName, number] => typeof figure[1] === 'number');

describe.each(sides)("the %s's rows", (side) => {
  it.each(figures(regression.expected[side]))('have the %s that scikit-learn says', (metric, value) => {
    expect(measureRows(metric, quantities(side)).value).toBeCloseTo(value, metric === 'rSquared' ? 6 : 12);
  });

  it.each(figures(binary.expected[side]))('have the %s that scikit-learn says', (metric, value) => {
    expect(measureRows(metric, classes(side), { positive: '1' }).value).toBeCloseTo(value, 12);
  });
});

const worse = (metric: MetricName, rows: (side: Side) => ScoredRow[]) => {
  const found = jackknifeExcess(metric, pairRows(metric, rows('candidate'), rows('champion')), { by: 0, of: 'points' }, { positive: '1' });
  return typeof found === 'string' ? found : found.interval;
};

it.each(Object.entries(binary.worse))("the interval of %s is scikit-learn's, each day left out in turn", (metric, [low, high]) => {
  const interval = worse(metric as MetricName, classes);
  expect(interval).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
});

it("the interval of rSquared is scikit-learn's, each day left out in turn", () => {
  const [low, high] = regression.worse.rSquared as readonly [number, number];
  expect(worse('rSquared', quantities)).toEqual([expect.closeTo(low, 6), expect.closeTo(high, 6)]);
});
