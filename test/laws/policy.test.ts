import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { isWorseWhenLarger, levelAfter } from '../../domain/policy/drop.ts';
import { metricsOf } from '../../domain/policy/metric-traits.ts';
import type { Drop, MetricName, Mode } from '../../domain/policy/policy.ts';
import { expand } from '../../domain/policy/standard.ts';
import type { WrittenPolicy } from '../../domain/policy/written-policy.ts';

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const positive = fc.double({ min: 0.001, max: 1000, noNaN: true });
const drop: fc.Arbitrary<Drop> = fc.record({ by: positive, of: fc.constantFrom('relative', 'points') });
const metric = fc.constantFrom<MetricName>(...metricsOf('regression'), ...metricsOf('classification'), 'recall/a class');
const column = fc.constantFrom('temp', 'hum', 'season');

const written: fc.Arbitrary<WrittenPolicy> = fc.record({
  model: fc.constant('bike' as ModelName),
  task: fc.constantFrom<WrittenPolicy['task']>({ kind: 'regression' }, { kind: 'classification', positive: '1' }),
  mode: maybe(fc.constantFrom<Mode>('watch', 'advise', 'act')),
  columns: fc.record({ critical: maybe(fc.array(column)), ignored: maybe(fc.array(column)) }),
  sources: fc.record({
    predictions: fc.constant({ from: 'gateway' } as const),
    outcomes: maybe(fc.constant({ from: 'gateway' } as const)),
  }),
  baseline: fc.record({ windowDays: maybe(positive) }),
  watch: fc.record({ windowDays: maybe(positive), effects: fc.record({ psi: maybe(positive) }) }),
  performance: fc.record({ metric: maybe(metric), drop: maybe(drop), floor: maybe(positive) }),
  severity: fc.record({
    P0: maybe(fc.record({ when: maybe(fc.constant([])), answerWithinHours: maybe(positive) })),
    P3: maybe(fc.record({ answerWithinHours: maybe(positive) })),
  }),
  retrain: fc.record({ everyDays: maybe(positive), throttle: fc.record({ betweenDays: maybe(positive) }) }),
  training: maybe(fc.record({ command: fc.constant('train'), windowDays: maybe(positive) })),
  gates: maybe(fc.array(fc.record({ gate: fc.constant('not-worse' as const), recentDays: maybe(positive) }), { minLength: 1 })),
  approval: maybe(fc.record({ people: fc.constantFrom<1 | 2>(1, 2), expiresAfterHours: maybe(positive) })),
  rollout: maybe(fc.record({ steps: maybe(fc.constant([0.1, 1])), minimumUnits: maybe(fc.nat()) })),
});

const law = (says: string, holds: (policy: WrittenPolicy) => void) =>
  it(says, () => fc.assert(fc.property(written, (policy) => void holds(policy))));

law('an expanded policy expands to itself', (policy) => {
  expect(expand(expand(policy))).toEqual(expand(policy));
});

law('what was written stands in the policy', (policy) => {
  const full = expand(policy);
  if (policy.mode !== undefined) expect(full.mode).toBe(policy.mode);
  if (policy.performance?.drop !== undefined) expect(full.performance.drop).toEqual(policy.performance.drop);
  if (policy.watch?.effects?.psi !== undefined) expect(full.watch.effects.psi).toBe(policy.watch.effects.psi);
  if (policy.retrain?.throttle?.betweenDays !== undefined)
    expect(full.retrain.throttle.betweenDays).toBe(policy.retrain.throttle.betweenDays);
  expect(full.training?.command).toBe(policy.training?.command);
});

law('the policy holds no undefined member and can be digested', (policy) => {
  const full = expand(policy);
  expect(JSON.parse(canonicalJson(full))).toEqual(full);
  expect(JSON.stringify(full, (_, value) => (value === undefined ? 'UNDEFINED' : value))).not.toContain('UNDEFINED');
});

law('every step has its least number of units', (policy) => {
  const { rollout } = expand(policy);
  expect(rollout?.minimumUnits.length).toBe(rollout?.steps.length);
});

it('the level after a drop is worse than the reference, and the more so the larger the drop', () => {
  fc.assert(
    fc.property(metric, positive, drop, positive, (name, reference, first, more) => {
      const sign = isWorseWhenLarger(name) ? 1 : -1;
      const level = levelAfter(name, reference, first);
      expect(sign * (level - reference)).toBeGreaterThanOrEqual(0);
      expect(sign * (levelAfter(name, reference, { ...first, by: first.by + more }) - level)).toBeGreaterThanOrEqual(0);
    }),
  );
});
