import { brokenShare } from '../drift/assess-quality.ts';
import type { Flaw } from '../drift/flaw-day.ts';
import { flawEffect } from '../drift/flaw-effect.ts';
import { judgedEffects, judgedOf } from '../drift/judged-effect.ts';
import type { Drop, Policy } from '../policy/policy.ts';
import { alarmSubjects, subjectOf } from './alarm-subjects.ts';
import { counts } from './conclude.ts';
import type { Report, Signal } from './report.ts';

/** A threshold that would have kept false alarms quiet, in the policy's units; for a drop, how far. */
export interface Suggestion {
  /** JSON pointer into the policy. */
  readonly policyPath: string;
  readonly old: number;
  readonly new: number;
  /** What alarmed falsely, as `layer/subject`. */
  readonly subjects: readonly string[];
}

const fewestAlarms = 2;

/**
 * For each subject that at least two of the reports alarmed about: the smallest thresholds, of three significant digits, at which none of
 * these alarms would have been one. A threshold of the policy that two subjects are over is raised for both.
 *
 * None for a subject that no effect threshold would have kept quiet: a hard limit, a change told day by day, a share that must fail
 * whatever the policy says, a distance that is at its largest. Alarms under the policy's thresholds of today ask for nothing.
 *
 * @param reports of the alarms people called false, each once
 */
export function suggestThresholds(policy: Policy, reports: readonly Pick<Report, 'signals'>[]): Suggestion[] {
  const suggested = new Map<string, Suggestion>();
  for (const [subject, alarms] of alarmsBySubject(reports)) {
    if (alarms.length < fewestAlarms) continue;
    const limits = alarms.flat().map((signal) => limitsOver(policy, signal));
    if (limits.some((found) => found === undefined)) continue;
    for (const limit of limits.flatMap((found) => found ?? [])) {
      const before = suggested.get(limit.policyPath);
      suggested.set(limit.policyPath, {
        policyPath: limit.policyPath,
        old: limit.threshold,
        new: Math.max(before?.new ?? 0, nextAbove(limit.value)),
        subjects: [...new Set([...(before?.subjects ?? []), subject])],
      });
    }
  }
  return [...suggested.values()];
}

/** The smallest number of three significant digits above a positive one. */
export function nextAbove(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 2);
  let steps = Math.floor(value / step);
  while (rounded(steps * step) <= value) steps += 1;
  return rounded(steps * step);
}

interface Limit {
  readonly policyPath: string;
  readonly threshold: number;
  readonly value: number;
}

/** By subject, the signals that failed in each report that alarmed about it. */
function alarmsBySubject(reports: readonly Pick<Report, 'signals'>[]): Map<string, Signal[][]> {
  const bySubject = new Map<string, Signal[][]>();
  for (const report of reports) {
    for (const subject of alarmSubjects(report)) {
      const own = report.signals.filter((signal) => signal.outcome === 'fail' && counts(signal) && subjectOf(signal) === subject);
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), own]);
    }
  }
  return bySubject;
}

/** The thresholds a signal is at or over; undefined where raising thresholds would not have kept it quiet. */
function limitsOver(policy: Policy, signal: Signal): Limit[] | undefined {
  const found = limitsOf(policy, signal)?.filter(({ value, threshold }) => value >= threshold);
  return found?.every(({ value, most }) => Number.isFinite(value) && nextAbove(value) <= most) ? found : undefined;
}

function limitsOf({ watch, performance }: Policy, signal: Signal): (Limit & { readonly most: number })[] | undefined {
  const { layer, statistic, value, reference, policyPath } = signal;
  if (layer === 'inputs' || layer === 'predictions') {
    const judged = Object.values(judgedOf).find((names) => names.some((name) => judgedEffects[name].statistic === statistic));
    return judged?.flatMap((name) => {
      const measured = signal.statistics[judgedEffects[name].statistic] ?? 0;
      return [{ policyPath: `/watch/effects/${name}`, threshold: watch.effects[name], value: measured, most: judgedEffects[name].most }];
    });
  }
  if (value === undefined) return undefined;
  if (layer === 'quality') {
    if (statistic === 'missingColumn' || statistic === 'silence') return undefined;
    const name = flawEffect[statistic as Flaw];
    return [{ policyPath, threshold: watch.effects[name], value, most: brokenShare }];
  }
  if (reference === undefined || (statistic !== 'drop' && statistic !== 'sudden' && statistic !== 'trend')) return undefined;
  const limit = signal.segment === undefined ? performance[statistic] : performance.segments[signal.segment];
  if (limit === undefined) return undefined;
  return [{ policyPath, threshold: limit.by, value: worseBy(limit, value, reference), most: Infinity }];
}

function worseBy({ of }: Drop, value: number, reference: number): number {
  const distance = Math.abs(value - reference);
  return of === 'relative' ? distance / Math.abs(reference) : distance;
}

/** Without the crumbs of binary multiplication. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
