import { type EventTime, plusDays } from '../identity/event-time.ts';
import type { Outcome } from '../identity/outcome.ts';
import type { RolloutRules } from '../policy/policy.ts';
import { logMean } from './event-evidence.ts';
import { alarmLimits, harmlessLimit } from './evidence.ts';
import type { WatchFold } from './watch-fold.ts';

export interface StepJudgement {
  readonly outcome: Outcome | 'continue';
  /** One line for people, with the numbers. */
  readonly says: string;
}

/** The instant at which a step that began at `startedAt` ends without a result. */
export function stepDeadline(rules: RolloutRules, startedAt: EventTime): EventTime {
  return plusDays(startedAt, rules.maximumDays);
}

/**
 * What the fold says of one step at the fold's watermark. Harm ends it at once; a split other than the configured one makes every comparison
 * void; after that it needs its units, and, where the candidate would get all traffic next, proof that it does no harm. Not being
 * proven bad is not enough for that; silence never is.
 *
 * @param step index into the rules' steps
 */
export function judgeStep(rules: RolloutRules, fold: WatchFold, step: number, startedAt: EventTime): StepJudgement {
  const limits = alarmLimits(rules.alpha);
  const counted = tellCounts(fold);
  const harm = Math.exp(fold.evidence.harmPeak);
  if (harm >= limits.harm) return { outcome: 'fail', says: `Harm found: ${counted}; evidence ${told(harm)}, limit ${told(limits.harm)}.` };

  const split = Math.exp(fold.evidence.sampleRatioPeak);
  if (split >= limits.split)
    return {
      outcome: 'inconclusive',
      says: `The split is not the configured one: ${counted}; evidence ${told(split)}, limit ${told(limits.split)}. Compare the gateway's table and its log.`,
    };

  const wanting = whatIsMissing(rules, fold, step);
  const name = `Step ${step + 1} of ${rules.steps.length} (${percent(rules.steps[step] ?? 0)})`;
  if (wanting === undefined) return { outcome: 'pass', says: `${name} passed: ${counted}; ${tellProof(rules, fold)}.` };
  if (fold.watermark !== undefined && fold.watermark >= stepDeadline(rules, startedAt))
    return { outcome: 'inconclusive', says: `${name} ended after ${rules.maximumDays} days without ${wanting}; so far ${counted}.` };
  return {
    outcome: 'continue',
    says: `${name}: waiting for ${wanting}; so far ${counted}, evidence of harm ${told(harm)} (limit ${told(limits.harm)}).`,
  };
}

/** Units of the candidate without a single error that bound its rate of error by the absolute margin, at level alpha. */
export function unitsWithoutError(rules: RolloutRules): number {
  return Math.ceil(Math.log(1 / rules.alpha) / rules.guardrails.errors.absoluteMargin);
}

export function needsProof(rules: RolloutRules, step: number): boolean {
  return (rules.steps[step + 1] ?? 1) >= 1;
}

/** Candidate units a step must see, at least one: silence passes nothing. The last number given stands for later steps too. */
export function minimumUnits(rules: RolloutRules, step: number): number {
  return Math.max(1, rules.minimumUnits[step] ?? rules.minimumUnits.at(-1) ?? 1);
}

function whatIsMissing(rules: RolloutRules, fold: WatchFold, step: number): string | undefined {
  const minimum = minimumUnits(rules, step);
  if (fold.stepUnits.size < minimum) return `${minimum} candidate units in this step (${fold.stepUnits.size} seen)`;
  if (!needsProof(rules, step) || isProvedHarmless(rules, fold)) return undefined;
  return `proof of harmlessness (evidence ${told(Math.exp(logMean(fold.evidence.harmless)))} of ${harmlessLimit}, or ${unitsWithoutError(rules)} candidate units without an error)`;
}

function isProvedHarmless(rules: RolloutRules, fold: WatchFold): boolean {
  return Math.exp(logMean(fold.evidence.harmless)) >= harmlessLimit || isBelowAbsoluteMargin(rules, fold);
}

function isBelowAbsoluteMargin(rules: RolloutRules, { tallies: { candidate } }: WatchFold): boolean {
  return candidate.errors === 0 && candidate.seen.size >= unitsWithoutError(rules);
}

function tellProof(rules: RolloutRules, fold: WatchFold): string {
  const { harmMargin } = rules.guardrails.errors;
  if (isBelowAbsoluteMargin(rules, fold)) {
    const bound = Math.log(1 / rules.alpha) / fold.tallies.candidate.seen.size;
    return `no candidate error, so its rate is below ${percent(bound)} at level ${rules.alpha}`;
  }
  const harmless = Math.exp(logMean(fold.evidence.harmless));
  if (harmless >= harmlessLimit) return `less than ${harmMargin} times the champion's errors, evidence ${told(harmless)}`;
  return `no harm found, evidence ${told(Math.exp(fold.evidence.harmPeak))}`;
}

function tellCounts({ tallies: { champion, candidate } }: WatchFold): string {
  return `${candidate.unitsWithError} of ${candidate.seen.size} candidate units erred, ${champion.unitsWithError} of ${champion.seen.size} champion units`;
}

function told(value: number): string {
  return value < 1000 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}
