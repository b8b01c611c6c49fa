import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventTime } from '../../domain/identity/event-time.ts';
import { candidateProbability, logMean, weighEvent } from '../../domain/rollout/event-evidence.ts';
import { alarmLimits, harmlessRisks, harmRisks, splitOdds } from '../../domain/rollout/evidence.ts';
import type { Exposure } from '../../domain/rollout/exposure.ts';
import { judgeStep } from '../../domain/rollout/judge-step.ts';
import { planStep } from '../../domain/rollout/plan-step.ts';
import { checkpointOf, foldSegment, openFold } from '../../domain/rollout/watch-fold.ts';
import { exposure, exposures, foldAll, order, rules, segment, startedAt } from '../rollout/material.ts';

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

it('at risk 1 an event is the candidate’s with the chance of its share', () => {
  fc.assert(
    fc.property(share, (w) => {
      expect(candidateProbability(w, 1)).toBeCloseTo(w, 12);
    }),
  );
});

it('one event is a fair bet under the null: the expected factor is 1', () => {
  fc.assert(
    fc.property(share, fc.constantFrom(harmRisks, splitOdds), (w, risks) => {
      const factors = (isCandidate: boolean) =>
        weighEvent(
          risks.map(() => 0),
          risks,
          1,
          w,
          isCandidate,
        ).map(Math.exp);
      const [yes, no] = [factors(true), factors(false)];
      for (const index of risks.keys()) expect(w * (yes[index] as number) + (1 - w) * (no[index] as number)).toBeCloseTo(1, 9);
    }),
  );
});

it('against harmlessness the expected factor is at most 1 for every risk from the margin up', () => {
  fc.assert(
    fc.property(share, fc.double({ min: 2, max: 50, noNaN: true }), (w, risk) => {
      const factors = (isCandidate: boolean) => weighEvent([0, 0, 0], harmlessRisks, 2, w, isCandidate).map(Math.exp);
      const chance = candidateProbability(w, risk);
      for (const index of harmlessRisks.keys())
        expect(chance * (factors(true)[index] as number) + (1 - chance) * (factors(false)[index] as number)).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
});

it('a share of 0 or 1 tells nothing', () => {
  for (const w of [0, 1]) expect(weighEvent([0.3], [2], 1, w, w === 1)).toEqual([0.3]);
});

it('the mean of an overflowing grid is finite', () => {
  expect(logMean([1e6, -1e6])).toBeCloseTo(1e6 - Math.log(2), 6);
});

it('the order of records inside a segment does not matter', () => {
  fc.assert(
    fc.property(fc.array(exposures, { minLength: 1, maxLength: 40 }), fc.infiniteStream(fc.nat()), (some, keys) => {
      const sorted = some.map((one, index) => ({ ...one, id: `${index}` }));
      const shuffled = sorted
        .map((one) => [keys.next().value, one] as const)
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one);
      expect(checkpointOf(foldAll([shuffled]), order)).toEqual(checkpointOf(foldAll([sorted]), order));
    }),
  );
});

it('going on from a checkpoint at any segment ends where an unbroken fold ends', () => {
  fc.assert(
    fc.property(fc.array(fc.array(exposures, { maxLength: 15 }), { minLength: 2, maxLength: 5 }), fc.nat(), (segments, at) => {
      const cut = at % segments.length;
      let fold = foldAll(segments.slice(0, cut));
      fold = openFold(order, JSON.parse(JSON.stringify(checkpointOf(fold, order))));
      for (const [index, some] of segments.slice(cut).entries()) fold = foldSegment(fold, segment(cut + index), some, order, 2);
      expect(checkpointOf(fold, order)).toEqual(checkpointOf(foldAll(segments), order));
    }),
  );
});

it('further errors of a unit are no new evidence', () => {
  const first = exposure(1, { erred: true, arm: 'candidate' });
  const again = Array.from({ length: 30 }, (_, index) => exposure(2 + index, { unit: first.unit, erred: true, arm: 'candidate' }));
  const [once, often] = [foldAll([[first]]), foldAll([[first, ...again]])];
  expect(often.evidence).toEqual(once.evidence);
  expect(often.tallies.candidate).toMatchObject({ errors: 31, unitsWithError: 1 });
});

it('a new step counts its units anew and keeps all evidence', () => {
  const checkpoint = checkpointOf(foldAll([candidates(5, { erred: true })]), order);
  const next = openFold({ ...order, epoch: order.epoch + 1, step: 1 }, checkpoint);
  expect(next.stepUnits.size).toBe(0);
  expect(next.evidence).toEqual(checkpoint.evidence);
  expect(next.erred.size).toBe(5);
});

it('given a candidate that errs for every unit, when four have asked, then the step fails', () => {
  const traffic = [...champions(80), ...candidates(4, { erred: true })];
  expect(judgeStep(rules, foldAll([traffic]), 0, startedAt)).toMatchObject({
    outcome: 'fail',
    says: expect.stringMatching(/^Harm found: 4 of 4 candidate units erred, 0 of 80 champion units; evidence .* limit 20\.4\d*\.$/),
  });
});

it('given harm was found, when later errors are all the champion’s, then it stays found', () => {
  const segments = [[...champions(80), ...candidates(4, { erred: true })], champions(200, { erred: true }, 1_000)];
  expect(judgeStep(rules, foldAll(segments), 0, startedAt).outcome).toBe('fail');
});

it('given a split far from the configured one, when units come, then nothing can be said and the step ends so', () => {
  expect(judgeStep(rules, foldAll([candidates(30)]), 0, startedAt)).toMatchObject({
    outcome: 'inconclusive',
    says: expect.stringMatching(/split is not/),
  });
});

it('given the units of an early step and no harm, when it is judged, then it passes; one unit fewer waits', () => {
  expect(judgeStep(rules, foldAll([[...champions(152), ...candidates(8)]]), 0, startedAt).outcome).toBe('pass');
  expect(judgeStep(rules, foldAll([[...champions(152), ...candidates(7)]]), 0, startedAt).outcome).toBe('continue');
});

it('given the last step, when the units suffice but proof is wanting, then it waits; without an error in enough units it passes', () => {
  const half = { candidateShare: 0.5 };
  const [few, enough] = [foldAll([alternating(59, half)]), foldAll([alternating(60, half)])];
  expect(judgeStep({ ...rules, minimumUnits: [8, 30, 59] }, few, 2, startedAt)).toMatchObject({
    outcome: 'continue',
    says: expect.stringMatching(/60 candidate units without an error/),
  });
  expect(judgeStep(rules, enough, 2, startedAt)).toMatchObject({
    outcome: 'pass',
    says: expect.stringMatching(/rate is below 4.99% at level 0.05/),
  });
});

it('given the last step and errors alike in both arms, when there are enough of them, then harmlessness is proved by comparison', () => {
  const half = { candidateShare: 0.5, erred: true };
  expect(judgeStep(rules, foldAll([alternating(20, half)]), 2, startedAt).outcome).toBe('continue');
  expect(judgeStep(rules, foldAll([alternating(70, half)]), 2, startedAt)).toMatchObject({
    outcome: 'pass',
    says: expect.stringMatching(/less than 2 times the champion's errors/),
  });
});

it('given the maximum duration passed, when proof is wanting, then the step is inconclusive', () => {
  const late = { name: 'z', knownAt: eventTime('2011-07-04') };
  const fold = foldSegment(openFold(order), late, champions(10), order, 2);
  expect(judgeStep(rules, fold, 0, startedAt)).toMatchObject({
    outcome: 'inconclusive',
    says: expect.stringMatching(/ended after 28 days/),
  });
});

it('what a step can find is published before it begins', () => {
  expect(planStep(rules, 0)).toMatch(
    /^5%: at least 8 candidate units\. Five times the champion's errors are found after about \d+ erring units/,
  );
  const proof = (steps: number[]) => Number(/takes about (\d+) erring units/.exec(planStep({ ...rules, steps }, 0))?.[1]);
  const about = (events: number) => ({ asymmetricMatch: (found: number) => Math.abs(found - events) < 0.15 * events });
  expect(proof([0.5, 1])).toEqual(about(94));
  expect(proof([0.05, 1])).toEqual(about(306));
});

it('the alarms of one rollout share its alpha', () => {
  const { harm, split } = alarmLimits(0.05);
  expect(1 / harm + 1 / split).toBeCloseTo(0.05, 12);
  expect(split).toBeGreaterThanOrEqual(1000);
});

function champions(count: number, changes: Partial<Exposure> = {}, from = 0): Exposure[] {
  return Array.from({ length: count }, (_, index) => exposure(from + index, { unit: `champion-${from + index}`, ...changes }));
}

function candidates(count: number, changes: Partial<Exposure> = {}): Exposure[] {
  return Array.from({ length: count }, (_, index) => exposure(500 + index, { unit: `candidate-${index}`, arm: 'candidate', ...changes }));
}

/** One unit of each arm in turn. */
function alternating(units: number, changes: Partial<Exposure>): Exposure[] {
  return Array.from({ length: units }, (_, index) => [
    exposure(2 * index, { unit: `champion-${index}`, ...changes }),
    exposure(2 * index + 1, { unit: `candidate-${index}`, arm: 'candidate', ...changes }),
  ]).flat();
}
