import type { Policy } from '../policy/policy.ts';
import { subjectOf } from '../report/alarm-subjects.ts';
import type { TimeSpan } from '../report/assessment-input.ts';
import { counts } from '../report/conclude.ts';
import type { Report, Signal } from '../report/report.ts';
import { sayNumber, sayP } from '../report/say-number.ts';
import type { Look, LookAlarm, RuleName } from './backtest.ts';
import { labelWindow } from './label-window.ts';

/** What practice calls a significant change of a population. */
export const usualPsi = 0.2;
/** The customary p-value, for each column alone. */
export const usualP = 0.05;

/**
 * What one look alarms about: by the policy, and by two usual rules on the same rows and windows, PSI > 0.2 and a Kolmogorov–Smirnov
 * p-value < 0.05, each for any input or prediction. The usual rules take every row as independent and know no budget: so they are used.
 */
export function lookAlarms(report: Report, { watch, labels, performance }: Policy): Pick<Look, 'maturedWindow' | 'alarms'> {
  const { window } = report;
  const maturedWindow = labelWindow(window.to, watch.windowDays, labels.maturesAfterDays);
  const ours = report.signals.filter((signal) => signal.outcome === 'fail' && counts(signal));
  const compared = report.signals.filter(({ layer, segment }) => segment === undefined && (layer === 'inputs' || layer === 'predictions'));
  const alarms: Record<RuleName, LookAlarm[]> = {
    anchorwatch: ours.map((signal) => {
      if (signal.layer !== 'performance') return alarm(signal, window, signal.says);
      const { segment } = signal;
      const isBetweenGroups = segment === undefined && signal.subject !== performance.metric;
      return {
        ...alarm(signal, maturedWindow, signal.says),
        ...(segment !== undefined && { segment }),
        ...(isBetweenGroups && { isBetweenGroups }),
      };
    }),
    psi: compared.flatMap((signal) => {
      const psi = signal.statistics.psi ?? 0;
      return psi > usualPsi ? [alarm(signal, window, `${signal.subject}: PSI ${sayNumber(psi)}.`)] : [];
    }),
    kolmogorovSmirnov: compared.flatMap((signal) => {
      const pValue = signal.statistics.kolmogorovSmirnovPValueIndependentRows ?? 1;
      return pValue < usualP ? [alarm(signal, window, `${signal.subject}: KS p = ${sayP(pValue)}.`)] : [];
    }),
  };
  return { maturedWindow, alarms };
}

function alarm(signal: Signal, about: TimeSpan, says: string): LookAlarm {
  return { subject: subjectOf(signal), says, about };
}
