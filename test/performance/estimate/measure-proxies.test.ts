import { describe, expect, it } from 'vitest';
import { measureProxies } from '../../../domain/performance/estimate/measure-proxies.ts';
import { checkScored, type Day, scoredDays } from './scored-world.ts';

const length = 175;
const recordOf = (like: (day: number) => Day) => measureProxies(checkScored(scoredDays(5, 0, length, like)));
const warned = (record: ReturnType<typeof recordOf>) =>
  Object.fromEntries((record?.proxies ?? []).map((one) => [one.proxy, [one.warned, one.degraded, one.warnedOfOthers, one.others]]));

describe('given sixty-one days since the baseline whose outcomes are known by now', () => {
  it('when none of their windows became worse, then no proxy is said to have warned of one', () => {
    const record = recordOf(() => ({}));
    expect(record).toMatchObject({ windows: 9, degraded: 0 });
    expect(warned(record)).toEqual({ estimate: [0, 0, 0, 9], predictions: [0, 0, 0, 9] });
  });

  it('when rows were hard in two windows, then estimate and predictions had warned of both and of no other', () => {
    const record = recordOf((day) => (day >= 124 && day < 138 ? { hard: 0.8 } : {}));
    expect(record).toMatchObject({ windows: 9, degraded: 2 });
    expect(warned(record)).toEqual({ estimate: [2, 2, 0, 7], predictions: [2, 2, 0, 7] });
    expect(record?.says).toBe(
      'Before outcomes were known: of 9 windows since the baseline 2 became worse by the drop that alarms; estimates warned of 2 of 2 and of 0 of 7 others, predictions warned of 2 of 2 and of 0 of 7 others.',
    );
  });

  it('when the concept changed and no score did, then neither had warned of it', () => {
    const record = recordOf((day) => (day >= 124 && day < 138 ? { concept: (p) => 0.5 + (p - 0.5) * 0.7 } : {}));
    expect(record).toMatchObject({ degraded: 2 });
    expect(warned(record)).toMatchObject({ estimate: [0, 2, 0, 7], predictions: [0, 2, 0, 7] });
  });
});

it('given labels that do not wait, or no window since the baseline, then there is no record', () => {
  const input = checkScored(scoredDays(5, 0, length));
  expect(
    measureProxies({ ...input, policy: { ...input.policy, labels: { ...input.policy.labels, maturesAfterDays: 0 } } }),
  ).toBeUndefined();
  expect(measureProxies({ ...input, windowDays: { ...input.windowDays, matured: [], earlier: [] } })).toBeUndefined();
});
