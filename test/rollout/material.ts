import fc from 'fast-check';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../../domain/identity/names.ts';
import type { RolloutRules } from '../../domain/policy/policy.ts';
import type { Exposure } from '../../domain/rollout/exposure.ts';
import { foldSegment, openFold, type WatchFold } from '../../domain/rollout/watch-fold.ts';
import type { WatchStepOrder } from '../../domain/rollout/watch-step.ts';

export const startedAt = eventTime('2011-06-06');

export const rules: RolloutRules = {
  steps: [0.05, 0.2, 0.5, 1],
  minimumUnits: [8, 30, 60],
  guardrails: { errors: { harmMargin: 2, absoluteMargin: 0.05 } },
  alpha: 0.05,
  maximumDays: 28,
};

export const order: WatchStepOrder = {
  decision: '2011-06-06T00:00:00.000Z-0123456789ab' as DecisionId,
  model: 'bike' as ModelName,
  policy: 'f'.repeat(64) as Digest,
  candidate: '2' as Version,
  champion: '1' as Version,
  step: 0,
  epoch: 2,
  firstEpoch: 2,
  startedAtEvent: startedAt,
};

/** The `minute`-th minute's request of a unit of its own, on the champion, answered. */
export function exposure(minute: number, changes: Partial<Exposure> = {}): Exposure {
  const time = new Date(Date.parse(startedAt) + minute * 60_000).toISOString() as EventTime;
  return { id: `${minute}`, time, unit: `${minute}`, arm: 'champion', epoch: 2, candidateShare: 0.05, erred: false, ...changes };
}

export const exposures: fc.Arbitrary<Exposure> = fc
  .record({
    minute: fc.nat(50),
    unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    arm: fc.constantFrom('champion' as const, 'candidate' as const),
    candidateShare: fc.constantFrom(0.05, 0.2, 0.5),
    erred: fc.boolean(),
  })
  .map(({ minute, ...rest }) =>
    exposure(minute, { id: `${minute}-${rest.unit}-${rest.arm}-${rest.erred}-${rest.candidateShare}`, ...rest }),
  );

export function segment(index: number): { name: string; knownAt: EventTime } {
  return { name: `segment-${index}`, knownAt: eventTime(Date.parse(startedAt) + (index + 1) * 86_400_000) };
}

export function foldAll(segments: readonly (readonly Exposure[])[]): WatchFold {
  return segments.reduce(
    (fold, some, index) => foldSegment(fold, segment(index), some, order, rules.guardrails.errors.harmMargin),
    openFold(order),
  );
}
