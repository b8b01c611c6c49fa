import { logMean, weighEvent } from './event-evidence.ts';
import type { Evidence } from './watch-step.ts';

/** Relative risks of an error that would be harm, against 1. */
export const harmRisks: readonly number[] = [1.5, 2, 3, 5, 10, 30];
/** Relative risks that are harmless, against the policy's margin. */
export const harmlessRisks: readonly number[] = [0.5, 1, 1.25];
/** Odds by which the delivered split may be off, to both sides, against 1. */
export const splitOdds: readonly number[] = [0.5, 0.8, 1.25, 2];

/** E-value at which harmlessness counts as proved. */
export const harmlessLimit = 200;

export const noEvidence: Evidence = {
  harm: harmRisks.map(() => 0),
  harmPeak: 0,
  harmless: harmlessRisks.map(() => 0),
  sampleRatio: splitOdds.map(() => 0),
  sampleRatioPeak: 0,
};

/** Of the rollout's alpha, what the split is given: one that is wrong shows soon, and one that is right should hardly ever hold a rollout. */
const splitPart = 0.02;

/** E-values at which harm, and a split that is not the configured one, count as found: the two share the rollout's alpha. */
export function alarmLimits(alpha: number): { readonly harm: number; readonly split: number } {
  return { harm: 1 / (alpha * (1 - splitPart)), split: 1 / (alpha * splitPart) };
}

/** After a unit's first error in this rollout. Further errors of the unit say nothing new: requests of one person are no independent trials. */
export function afterFirstError(evidence: Evidence, harmMargin: number, share: number, isCandidate: boolean): Evidence {
  const harm = weighEvent(evidence.harm, harmRisks, 1, share, isCandidate);
  const harmless = weighEvent(evidence.harmless, harmlessRisks, harmMargin, share, isCandidate);
  return { ...evidence, harm, harmPeak: Math.max(evidence.harmPeak, logMean(harm)), harmless };
}

/** After a unit's first exposure in this rollout. */
export function afterFirstExposure(evidence: Evidence, share: number, isCandidate: boolean): Evidence {
  const sampleRatio = weighEvent(evidence.sampleRatio, splitOdds, 1, share, isCandidate);
  return { ...evidence, sampleRatio, sampleRatioPeak: Math.max(evidence.sampleRatioPeak, logMean(sampleRatio)) };
}
