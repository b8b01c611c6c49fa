import type { RolloutRules } from '../policy/policy.ts';
import { seededRandom } from '../statistics/seeded-random.ts';
import { candidateProbability, logMean, weighEvent } from './event-evidence.ts';
import { alarmLimits, harmlessLimit, harmlessRisks, harmRisks } from './evidence.ts';
import { minimumUnits, needsProof, unitsWithoutError } from './judge-step.ts';

const paths = 201;
const mostEvents = 5_000;

/**
 * What a step can find, told before it starts: `5%: at least 8 candidate units. …`. Medians come from 201 simulated paths of the
 * very evidence that will judge, with a fixed seed. Cost up to a few million operations.
 */
export function planStep(rules: RolloutRules, step: number): string {
  const share = rules.steps[step] ?? 1;
  const name = `${Number((share * 100).toPrecision(3))}%`;
  const atLeast = `at least ${minimumUnits(rules, step)} candidate units`;
  if (share >= 1) return `${name}: ${atLeast}; nothing is left to compare with.`;
  const found = medianEvents(share, 5, { alternatives: harmRisks, nullRisk: 1, limit: alarmLimits(rules.alpha).harm });
  const harm = `Five times the champion's errors are found after about ${found} erring units of both arms together`;
  if (!needsProof(rules, step)) return `${name}: ${atLeast}. ${harm}.`;
  const { harmMargin } = rules.guardrails.errors;
  const proved = medianEvents(share, 1, { alternatives: harmlessRisks, nullRisk: harmMargin, limit: harmlessLimit });
  return `${name}: ${atLeast}. ${harm}; proof of less than ${harmMargin} times takes about ${proved} erring units, or ${unitsWithoutError(rules)} candidate units without an error.`;
}

interface Process {
  readonly alternatives: readonly number[];
  readonly nullRisk: number;
  readonly limit: number;
}

function medianEvents(share: number, trueRisk: number, process: Process): number {
  const random = seededRandom(1);
  const events = Array.from({ length: paths }, () => eventsUntil(share, trueRisk, process, random));
  return events.sort((a, b) => a - b)[(paths - 1) / 2] as number;
}

function eventsUntil(share: number, trueRisk: number, process: Process, random: () => number): number {
  const chance = candidateProbability(share, trueRisk);
  let logarithms: readonly number[] = process.alternatives.map(() => 0);
  for (let events = 1; events <= mostEvents; events += 1) {
    logarithms = weighEvent(logarithms, process.alternatives, process.nullRisk, share, random() < chance);
    if (logMean(logarithms) >= Math.log(process.limit)) return events;
  }
  return mostEvents;
}
