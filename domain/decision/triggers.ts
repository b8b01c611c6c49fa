import { daysBetween, type EventTime, plusDays } from '../identity/event-time.ts';
import type { Policy, Trigger } from '../policy/policy.ts';
import { counts } from '../report/conclude.ts';
import type { Report, Signal } from '../report/report.ts';
import type { DecisionState, Reason } from './decision.ts';
import { flipOf } from './flip.ts';
import type { RecordedReport } from './recorded-report.ts';

/** Failing signals of a layer in the newest report, as reasons. */
export function failures(layer: Signal['layer'], code: string, newest: RecordedReport | undefined, policy: Policy): Reason[] {
  const found = failing(newest?.report, layer).filter((signal) => layer !== 'quality' || counts(signal));
  return found.map((signal) => signalReason(code, signal, newest as RecordedReport, policy));
}

/**
 * Failing performance that the policy retrains on. `performance` means drop, sudden and floor, and slices with a limit of their own, in as many
 * reports in a row as the policy asks; a trend and a change trigger by their own names, an estimate and fairness never.
 */
export function worsePerformance(reports: readonly RecordedReport[], policy: Policy): Reason[] {
  const newest = reports.at(-1);
  const named = new Set<string>(policy.retrain.triggers.map(({ on }) => on));
  const isWaiting = performanceSoFar(reports, policy).length > 0;
  const found = failing(newest?.report, 'performance').filter(
    (signal) => decides(signal) && named.has(triggerOf(signal)) && !(isWaiting && triggerOf(signal) === 'performance'),
  );
  return found.map((signal) => signalReason('performance', signal, newest as RecordedReport, policy));
}

/**
 * In how many reports performance has failed, where that is not yet as many in a row as the policy asks. Reports in which none of it could be
 * judged neither add nor break the row; the newest must have failed.
 */
export function performanceSoFar(reports: readonly RecordedReport[], policy: Policy): Reason[] {
  return policy.retrain.triggers.flatMap((trigger, index) => {
    if (trigger.on !== 'performance') return [];
    const isWorse = ({ report }: RecordedReport) => performanceOf(report).some(({ outcome }) => outcome === 'fail');
    const newest = reports.at(-1);
    if (newest === undefined || !isWorse(newest)) return [];
    const known = reports.filter(({ report }) => performanceOf(report).some(({ outcome }) => outcome !== 'inconclusive'));
    return soFar('Performance failed', inARow(known, isWorse), trigger.consecutiveReports ?? 1, reports, index);
  });
}

/** Whether `performance` in a policy's triggers means it. */
export function triggersAsPerformance(signal: Signal): boolean {
  return signal.layer === 'performance' && decides(signal) && triggerOf(signal) === 'performance';
}

function performanceOf({ signals }: Report): readonly Signal[] {
  return signals.filter(triggersAsPerformance);
}

/** What a signal of performance triggers by. */
function triggerOf({ statistic }: Signal): string {
  return ['trend', 'change', 'estimate', 'fairness'].includes(statistic) ? statistic : 'performance';
}

/** Slices without a limit of their own only explain. */
function decides({ critical, segment }: Signal): boolean {
  return critical || segment === undefined;
}

/** Critical inputs that stayed moved for as many reports in a row as the policy asks. */
export function persistentDrift(reports: readonly RecordedReport[], policy: Policy): Reason[] {
  return policy.retrain.triggers.flatMap((trigger, index) => (trigger.on === 'drift' ? driftReason(trigger, index, reports) : []));
}

/** How long critical inputs have stayed moved, where that is not yet as long as the policy asks. */
export function driftSoFar(reports: readonly RecordedReport[], policy: Policy): Reason[] {
  return policy.retrain.triggers.flatMap((trigger, index) => {
    if (trigger.on !== 'drift') return [];
    const { criticalColumns, consecutiveReports } = trigger;
    const hasMoved = ({ report }: RecordedReport) => criticalMoved(report).length >= criticalColumns;
    return soFar('Critical columns moved', inARow(reports, hasMoved), consecutiveReports, reports, index);
  });
}

function soFar(what: string, count: number, asked: number, reports: readonly RecordedReport[], trigger: number): Reason[] {
  const newest = reports.at(-1);
  if (newest === undefined || count === 0 || count >= asked) return [];
  const says = `${what} in ${count} ${count === 1 ? 'report' : 'reports in a row'}; ${asked} in a row are asked for.`;
  return [{ code: 'so-far', says, evidence: newest.digest, policyPath: `/retrain/triggers/${trigger}` }];
}

/** The newest reports that are so, up to one that is not. */
function inARow(reports: readonly RecordedReport[], is: (recorded: RecordedReport) => boolean): number {
  return reports.length - 1 - reports.findLastIndex((recorded) => !is(recorded));
}

/** The base schedule, when an attempt is due by it. */
export function scheduleDue({ everyDays }: Policy['retrain'], { attempts }: DecisionState, asOf: EventTime): Reason[] {
  const last = [...attempts].sort().at(-1);
  if (everyDays === undefined || last === undefined) return [];
  const waited = daysBetween(last, asOf);
  if (waited < everyDays) return [];
  return [
    {
      code: 'schedule',
      says: `The last attempt was on ${day(last)}; the schedule asks for one each ${everyDays} days.`,
      policyPath: '/retrain/everyDays',
      nearestFlip: { value: waited, threshold: everyDays, says: `asked before ${day(plusDays(last, everyDays))}` },
    },
  ];
}

export function signalReason(code: string, signal: Signal, { digest }: RecordedReport, policy: Policy): Reason {
  const nearestFlip = flipOf(signal, policy);
  return { code, says: signal.says, evidence: digest, policyPath: signal.policyPath, ...(nearestFlip && { nearestFlip }) };
}

export function failing(report: Report | undefined, layer: Signal['layer']): readonly Signal[] {
  return (report?.signals ?? []).filter((signal) => signal.layer === layer && signal.outcome === 'fail');
}

function criticalMoved(report: Report): readonly Signal[] {
  return failing(report, 'inputs').filter(({ critical }) => critical);
}

/** The day of an instant, for people. */
export function day(time: EventTime): string {
  return time.slice(0, 10);
}

function driftReason(trigger: Extract<Trigger, { on: 'drift' }>, index: number, reports: readonly RecordedReport[]): Reason[] {
  const { criticalColumns, consecutiveReports } = trigger;
  const last = reports.slice(-consecutiveReports);
  const moved = last.map(({ report }) => criticalMoved(report));
  const newest = last.at(-1);
  if (newest === undefined || last.length < consecutiveReports || moved.some((columns) => columns.length < criticalColumns)) return [];
  const now = moved.at(-1) as readonly Signal[];
  return [
    {
      code: 'drift',
      says: `${now.map(({ subject }) => subject).join(', ')} moved, and critical columns did in ${consecutiveReports} reports in a row (alarm at ${criticalColumns} in ${consecutiveReports}).`,
      evidence: newest.digest,
      policyPath: `/retrain/triggers/${index}`,
      nearestFlip: {
        value: now.length,
        threshold: criticalColumns,
        says: `fewer than ${criticalColumns} critical columns moved in one of the last ${consecutiveReports} reports`,
      },
    },
  ];
}
