import { expect, it } from 'vitest';
import type { RolloutRules } from '../../domain/policy/policy.ts';
import type { Exposure } from '../../domain/rollout/exposure.ts';
import { judgeStep } from '../../domain/rollout/judge-step.ts';
import { foldSegment, openFold } from '../../domain/rollout/watch-fold.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { exposure, order, rules, segment, startedAt } from '../rollout/material.ts';

const unitsPerSegment = 250;
const requestsPerUnit = 4;

/** Sticky, clustered, moving traffic: some units err again and again, and the base rate doubles over the rollout. */
interface World {
  readonly baseRate: number;
  readonly relativeRisk: number;
  readonly seed: number;
}

/** One rollout through all steps, judged after each segment. */
function rollOut(world: World, ruled: RolloutRules): { outcome: 'promoted' | 'fail' | 'inconclusive'; units: number } {
  const random = seededRandom(world.seed);
  let fold = openFold(order);
  let step = 0;
  for (let index = 0; index < 400; index += 1) {
    const traffic = trafficOf(world, ruled.steps[step] as number, index, random);
    fold = foldSegment(fold, segment(index), traffic, { ...order, epoch: 2 + step }, ruled.guardrails.errors.harmMargin);
    const { outcome } = judgeStep(ruled, fold, step, startedAt);
    const units = (index + 1) * unitsPerSegment;
    if (outcome === 'fail' || outcome === 'inconclusive') return { outcome, units };
    if (outcome !== 'pass') continue;
    step += 1;
    if (ruled.steps[step] === 1) return { outcome: 'promoted', units };
    fold = { ...fold, stepUnits: new Set() };
  }
  return { outcome: 'inconclusive', units: 400 * unitsPerSegment };
}

function trafficOf({ baseRate, relativeRisk }: World, share: number, index: number, random: () => number): Exposure[] {
  const rate = baseRate * (1 + index / 100);
  return Array.from({ length: unitsPerSegment }, (_, unit) => {
    const arm = random() < share ? ('candidate' as const) : ('champion' as const);
    const isFaulty = random() < rate * (arm === 'candidate' ? relativeRisk : 1);
    return Array.from({ length: requestsPerUnit }, (_, request) =>
      exposure(index * 1_000 + unit * requestsPerUnit + request, {
        unit: `${index}-${unit}`,
        arm,
        candidateShare: share,
        epoch: 2 + rules.steps.indexOf(share),
        erred: isFaulty && random() < 0.7,
      }),
    );
  }).flat();
}

const many = { ...rules, minimumUnits: [100, 200, 300], maximumDays: 10_000 };
const rollOuts = (count: number, world: Omit<World, 'seed'>, ruled = many) =>
  Array.from({ length: count }, (_, seed) => rollOut({ ...world, seed: Math.imul(seed + 1, 0x9e3779b1) }, ruled));

it('harmless candidates are taken back, or their split doubted, no more often than alpha', { timeout: 60_000 }, () => {
  const results = rollOuts(150, { baseRate: 0.02, relativeRisk: 1 });
  const alarms = results.filter(({ outcome }) => outcome !== 'promoted').length;
  const standardError = Math.sqrt(150 * many.alpha * (1 - many.alpha));
  expect(alarms).toBeLessThanOrEqual(150 * many.alpha + 2 * standardError);
});

it('five times the errors are found, in a median of under 3,000 units', { timeout: 60_000 }, () => {
  const results = rollOuts(40, { baseRate: 0.01, relativeRisk: 5 }, { ...many, minimumUnits: [100_000] });
  const found = results.filter(({ outcome }) => outcome === 'fail');
  expect(found.length).toBeGreaterThanOrEqual(38);
  const units = found.map((result) => result.units).sort((a, b) => a - b);
  expect(units[20]).toBeLessThan(3_000);
});

it('candidates twice as bad are seldom promoted: not being found bad is not enough', { timeout: 60_000 }, () => {
  const results = rollOuts(80, { baseRate: 0.02, relativeRisk: 2 });
  expect(results.filter(({ outcome }) => outcome === 'promoted').length).toBeLessThanOrEqual(2);
});
