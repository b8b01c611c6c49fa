import { daysLike } from '../../calendar/past-blocks.ts';
import { columnsInRole } from '../../policy/columns-in-role.ts';
import { levelAfter } from '../../policy/drop.ts';
import type { OutcomeInput } from '../../report/assessment-input.ts';
import type { Judgement } from '../../report/report.ts';
import { sayNumber } from '../../report/say-number.ts';
import { comparisonOf } from '../comparison.ts';
import { metricInWords } from '../metric-in-words.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import { worsening } from '../outcome-sums.ts';
import { errorOf, reasonsToAbstain } from './abstain.ts';
import { type EstimateGround, groundOf } from './estimate-ground.ts';
import { type Estimate, estimateMetric } from './estimate-metric.ts';
import { type EstimateRules, estimateRules, pastOfDays } from './estimate-rules.ts';
import { knownDays } from './known-days.ts';

/**
 * What the metric of the newest window is likely to be, before its outcomes are known: from what is seen of its rows, their scores, predicted classes or
 * predicted quantities, and from what such rows meant on the newest days that have outcomes. None where labels do not wait, or where nothing
 * that is seen foretells the metric.
 *
 * It fails where even the better end of its interval is an alarm. Else it is inconclusive, and never passes: nothing here can see that the outcomes
 * have changed given the inputs. It warns and retrains nothing. The interval is as wide as nine in ten past estimates were near the truth.
 *
 * Where the policy names a season, it is held against days of the baseline like the window's.
 */
export function assessEstimate(input: OutcomeInput, scale: OutcomeScale): Judgement[] {
  const { policy, grid, window, version } = input;
  const { metric, drop } = policy.performance;
  const rules = estimateRules(input, scale);
  if (rules === undefined) return [];
  const { anchor, after } = knownDays(input);
  const known = [...anchor, ...after].filter((day) => rules.foresight.isKnown(day));
  const own = input.windowDays.inputs.filter((day) => day.version === version);
  const estimate = known.length === 0 ? undefined : estimateMetric(rules, known, rules.foresight.rowsIn(own));
  const dates = own.map(({ day }) => ({ day: day.slice(0, 10) }));
  const reference = comparisonOf(metric, scale).metricOf(daysLike(anchor, pastOfDays(rules, dates)).map(({ outcomes }) => outcomes));
  if (estimate === undefined || reference === undefined) return [];

  const threshold = levelAfter(metric, reference, drop);
  const ground = groundOf(rules, known, {
    uncovered: estimate.uncovered,
    windowEnd: window.to,
    alarmDistance: Math.abs(threshold - reference),
    columns: columnsInRole(grid, policy).filter(({ name, role }) => role === 'feature' && !policy.columns.ignored.includes(name)),
    window: own,
  });
  const rows = own.reduce((sum, day) => sum + day.rows, 0);
  return [judge(rules, { ...estimate, rows, reference, threshold, ground })];
}

interface Estimated extends Estimate {
  readonly rows: number;
  readonly reference: number;
  readonly threshold: number;
  readonly ground: EstimateGround;
}

function judge({ metric }: EstimateRules, { value, madeFrom, rows, reference, threshold, ground }: Estimated): Judgement {
  const { pastErrors, calibration, signs, ageDays } = ground;
  const lacks = reasonsToAbstain(ground);
  const error = errorOf(pastErrors);
  const common = {
    layer: 'performance',
    subject: metric,
    statistic: 'estimate',
    critical: false,
    value,
    reference,
    threshold,
    policyPath: '/performance/drop',
    statistics: {
      rows,
      outcomes: madeFrom,
      outcomesAgeDays: ageDays,
      pastEstimates: pastErrors.length,
      ...(error !== undefined && { pastError: error }),
      ...(calibration?.gap !== undefined && { calibrationGap: calibration.gap }),
    },
  } as const;
  const said = `${metricInWords(metric)} before outcomes are known, estimated ${sayNumber(value)}`;
  if (lacks.length > 0 || error === undefined) {
    const missing = lacks.join('; and ');
    return { ...common, outcome: 'inconclusive', missing, says: `${said}: not to be relied on, needs ${missing}.` };
  }

  const interval = [value - error, value + error] as const;
  const better = worsening(metric, interval[0], interval[1]) < 0 ? interval[0] : interval[1];
  const failed = worsening(metric, better, threshold) >= 0;
  const told = `${said} [${sayNumber(interval[0])} to ${sayNumber(interval[1])}], anchor ${sayNumber(reference)} (alarm at ${sayNumber(threshold)})`;
  if (failed) return { ...common, outcome: 'fail', interval, says: `${told}, if ${signs} mean what they meant.` };
  return {
    ...common,
    outcome: 'inconclusive',
    interval,
    missing: 'outcomes',
    says: `${told}; only outcomes can tell whether ${signs} still mean what they meant.`,
  };
}
