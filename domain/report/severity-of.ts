import type { Outcome, Priority, Severity, Urgency } from '../identity/outcome.ts';
import type { Drop, SeverityRule, SeverityTable } from '../policy/policy.ts';
import { counts } from './conclude.ts';
import type { Judgement } from './report.ts';

export interface Gravity {
  readonly severity: Severity;
  /** Where something failed. */
  readonly urgency?: Urgency;
}

/**
 * How grave it is, by the policy's table: as the most urgent of what failed. A failed judgement has the first priority one of whose rules
 * it meets; P3 is all the rest. P0 to P2 are red, P3 is yellow. Where nothing failed, doubt is yellow, and so is a metric
 * that is slipping; a pass is green else.
 *
 * @param outcome what is concluded from the judgements
 */
export function severityOf(outcome: Outcome, judgements: readonly Judgement[], table: SeverityTable): Gravity {
  const failed = judgements.filter((judgement) => judgement.outcome === 'fail');
  if (failed.length === 0) return { severity: outcome === 'pass' && !judgements.some(({ slipping }) => slipping) ? 'green' : 'yellow' };
  const priority = priorityOf(failed, table);
  return { severity: priority === 'P3' ? 'yellow' : 'red', urgency: { priority, answerWithinHours: table[priority].answerWithinHours } };
}

function priorityOf(failed: readonly Judgement[], table: SeverityTable): Priority {
  const priority = (['P0', 'P1', 'P2'] as const).find((one) => table[one].when.some((rule) => failed.some((each) => isMet(rule, each))));
  return priority ?? 'P3';
}

function isMet(rule: SeverityRule, judgement: Judgement): boolean {
  switch (rule.of) {
    case 'wrong':
      return counts(judgement) && wrongShare(judgement) >= rule.share;
    case 'worse':
      return counts(judgement) && isWorseBy(rule.by, judgement);
    case 'alarm':
      return counts(judgement);
    case 'layer':
      return judgement.layer === rule.layer;
  }
}

/** Rows that were answered wrongly, or came without a sound value of a critical column. */
function wrongShare({ layer, subject, value, critical, statistics }: Judgement): number {
  if (layer === 'quality') return critical ? (statistics.share ?? 0) : 0;
  const accuracy = subject === 'accuracy' && layer === 'performance' ? (value ?? statistics.accuracy) : statistics.accuracy;
  return accuracy === undefined ? 0 : 1 - accuracy;
}

/** The alarm lies on the worse side of the reference. A change tells evidence in place of how much worse it is. */
function isWorseBy(drop: Drop, { layer, statistic, value, reference, threshold }: Judgement): boolean {
  if (layer !== 'performance' || statistic === 'change') return false;
  if (value === undefined || reference === undefined || threshold === undefined) return false;
  const sign = Math.sign(threshold - reference);
  const level = reference + sign * (drop.of === 'relative' ? Math.abs(reference) * drop.by : drop.by);
  return sign * (value - level) >= 0;
}
