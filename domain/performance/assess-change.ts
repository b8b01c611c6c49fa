import { addOutcomes } from '../ledger/add-counts.ts';
import { levelAfter } from '../policy/drop.ts';
import type { Drop, MetricName } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { sayNumber } from '../report/say-number.ts';
import { eDetector, evidenceOf } from '../statistics/e-detector.ts';
import { singleDays } from '../statistics/history-blocks.ts';
import { comparisonOf } from './comparison.ts';
import { hasKinds, outcomesNeeded } from './lacking-outcomes.ts';
import type { OutcomeDay } from './measure-performance.ts';
import { metricInWords } from './metric-in-words.ts';
import type { OutcomeScale } from './outcome-scale.ts';
import { worsening } from './outcome-sums.ts';

const fewestDays = 14;

export interface ChangeStandards {
  /** How much worse than the baseline the window must be: a change that is certain and small, or over, is no alarm. */
  readonly limit: Drop;
  /** Days between two false alarms, on average. */
  readonly runLength: number;
  /** Whether the policy retrains on it; otherwise it warns. */
  readonly critical: boolean;
}

export interface Change {
  readonly daysInBaseline: number;
  readonly days: number;
  /** The largest evidence of any day since the baseline, an e-value. */
  readonly evidence: number;
  /** The first day on which a change was told. */
  readonly toldOn?: string;
  /** The metric over the baseline and over the window; absent where either cannot be had. */
  readonly values?: { readonly before: number; readonly now: number };
}

/**
 * Looks at the metric of every day since the baseline with the {@link eDetector}; its guarantee and its condition hold for as many days
 * as are handed in. Days with under a tenth of the usual rows, or too few outcomes of a kind that the metric weighs, are left out.
 *
 * @param later days after the baseline, in any order, the window's among them
 * @param from  first day, `YYYY-MM-DD`, of the window
 */
export function measureChange(
  metric: MetricName,
  anchor: readonly OutcomeDay[],
  later: readonly OutcomeDay[],
  { scale, from, runLength }: { readonly scale: OutcomeScale; readonly from: string; readonly runLength: number },
): Change {
  const comparison = comparisonOf(metric, scale);
  const metricOf = (days: readonly OutcomeDay[]) => {
    const outcomes = days.map((day) => day.outcomes);
    return outcomes.length > 0 && hasKinds(metric, outcomes.reduce(addOutcomes)) ? comparison.metricOf(outcomes) : undefined;
  };
  const usual = singleDays([...anchor, ...later], ({ outcomes }) => comparison.rowsOf([outcomes])).toReversed();
  const baseline = new Set(anchor.map(({ day }) => day));
  const losses = usual.flatMap((day) => {
    const value = metricOf(day);
    return value === undefined ? [] : [{ day: day[0]?.day as string, loss: worsening(metric, value, 0) }];
  });
  const steady = losses.filter(({ day }) => baseline.has(day));
  const evidence = evidenceByDay(
    steady.map(({ loss }) => loss),
    losses.filter(({ day }) => !baseline.has(day)),
    runLength,
  );

  const toldOn = evidence.find(({ value }) => value >= runLength)?.day;
  const [before, now] = [metricOf(anchor), metricOf(later.filter(({ day }) => day >= from))];
  return {
    daysInBaseline: steady.length,
    days: evidence.length,
    evidence: Math.max(0, ...evidence.map(({ value }) => value)),
    ...(toldOn === undefined ? {} : { toldOn }),
    ...(before !== undefined && now !== undefined ? { values: { before, now } } : {}),
  };
}

function evidenceByDay(steady: readonly number[], later: readonly { readonly day: string; readonly loss: number }[], runLength: number) {
  const { start, observe } = eDetector(steady, runLength);
  let state = start;
  return later.map(({ day, loss }) => {
    state = observe(state, loss).state;
    return { day, value: evidenceOf(state) };
  });
}

/**
 * Judges whether days have become worse since the baseline: it fails when a change was told and the window is worse than the baseline by
 * the limit, so it stands as long as the change does. `value` is the largest evidence, `threshold` the run length: both are e-values.
 * Inconclusive under 14 days of baseline, or without a later one.
 */
export function assessChange(metric: MetricName, change: Change, { limit, runLength, critical }: ChangeStandards): Judgement {
  const { daysInBaseline, days, evidence, toldOn, values } = change;
  const common = {
    layer: 'performance',
    subject: metric,
    statistic: 'change',
    critical,
    threshold: runLength,
    policyPath: '/watch/falseAlarms',
    statistics: { daysInBaseline, days },
  } as const;
  if (daysInBaseline < fewestDays || days === 0 || values === undefined) {
    const needed = outcomesNeeded(metric);
    const missing =
      daysInBaseline < fewestDays
        ? `${fewestDays} days of baseline with ${needed}; there are ${daysInBaseline}`
        : `matured days after the baseline${needed === 'outcomes' ? '' : ` with ${needed}`}`;
    const says = `${metricInWords(metric)} day by day cannot be judged: needs ${missing}.`;
    return { ...common, outcome: 'inconclusive', missing, says };
  }

  const { before, now } = values;
  const failed = toldOn !== undefined && worsening(metric, now, levelAfter(metric, before, limit)) >= 0;
  return {
    ...common,
    outcome: failed ? 'fail' : 'pass',
    value: evidence,
    reference: 0,
    statistics: { ...common.statistics, worseBy: worsening(metric, now, before) },
    says: `${metricInWords(metric)} ${sayNumber(now)}, anchor ${sayNumber(before)}: evidence for a change ${sayNumber(evidence)} (alarm at ${sayNumber(runLength)})${toldOn === undefined ? '' : `, told on ${toldOn}${failed ? '' : ', of less than matters'}`}.`,
  };
}
