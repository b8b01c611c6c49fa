import { slicesOf } from '../grid/slices-of.ts';
import { addOutcomes } from '../ledger/add-counts.ts';
import type { OutcomeCounts, Partition } from '../ledger/entry.ts';
import { sliceOf } from '../ledger/slice-of.ts';
import type { Dimension } from '../policy/dimension.ts';
import { levelAfter } from '../policy/drop.ts';
import type { FairnessRules, Policy } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { sayNumber, sayP, sayShare } from '../report/say-number.ts';
import { differenceT } from '../statistics/difference-t.ts';
import { ratioInterval } from '../statistics/ratio-interval.ts';
import { tQuantile } from '../statistics/t-quantile.ts';
import { classTotalsOf } from './class-totals-of.ts';
import { comparisonOf } from './comparison.ts';
import { type FairnessName, fairnessSubjectInWords } from './fairness-in-words.ts';
import { lackingOutcomes } from './lacking-outcomes.ts';
import type { OutcomeDay } from './outcome-day.ts';
import type { OutcomeScale } from './outcome-scale.ts';

/** A figure of one group, and how sure it is by how the days differ. */
interface Estimate {
  readonly group: string;
  readonly value: number;
  readonly standardError: number;
  readonly degrees: number;
}

export interface FairnessMeasure {
  readonly name: FairnessName;
  readonly dimension: string;
  /** The groups with the smallest and the largest figure; absent where fewer than two could be measured. */
  readonly apart?: { readonly least: Estimate; readonly most: Estimate; readonly groups: number };
  /** Between the largest and the smallest, in the baseline. */
  readonly inBaseline?: number;
  /** That the difference of the two furthest apart is chance, times the pairs of groups there are; 1 where it cannot be told. */
  readonly pValue: number;
}

interface FairnessInput {
  readonly policy: Policy;
  readonly dimensions: readonly Dimension[];
  readonly scale: OutcomeScale;
  readonly anchor: readonly Partition[];
  readonly window: readonly Partition[];
  readonly outcomeDays: (partitions: readonly Partition[]) => OutcomeDay[];
}

/**
 * How far the groups of each dimension the policy names are apart, over the matured window:
 *
 * - `parity`: share predicted positive (demographic parity difference)
 * - `opportunity`: share of the positive that was predicted so (equal opportunity difference)
 * - `gap`: the policy's metric, best and worst
 *
 * The first two where a positive class is named. Groups with fewer outcomes than a metric needs are left out.
 *
 * Source: Hardt, Price & Srebro, "Equality of opportunity in supervised learning", 2016.
 */
export function measureFairness(input: FairnessInput): FairnessMeasure[] {
  const { policy, dimensions, scale } = input;
  const names: readonly FairnessName[] = scale.positive === undefined ? ['gap'] : ['parity', 'opportunity', 'gap'];
  return (policy.fairness?.by ?? []).flatMap((dimension) => {
    const groups = slicesOf(dimensions).filter((slice) => slice.dimension === dimension);
    const estimates = (name: FairnessName, days: readonly Partition[]) =>
      groups.flatMap(({ name: group }) => estimateOf(name, group, input.outcomeDays(sliceOf(days, group)), input) ?? []);
    return names.map((name): FairnessMeasure => {
      const [now, before] = [furthest(estimates(name, input.window)), furthest(estimates(name, input.anchor))];
      return {
        name,
        dimension,
        ...(now && { apart: now }),
        ...(before && { inBaseline: before.most.value - before.least.value }),
        pValue: now === undefined ? 1 : pValueOf(now),
      };
    });
  });
}

function estimateOf(name: FairnessName, group: string, days: readonly OutcomeDay[], input: FairnessInput): Estimate | undefined {
  const outcomes = days.map((day) => day.outcomes);
  return name === 'gap' ? ofMetric(group, outcomes, input) : ofShare(name, group, outcomes, input);
}

function ofMetric(group: string, outcomes: readonly OutcomeCounts[], { policy, scale }: FairnessInput): Estimate | undefined {
  const { metric } = policy.performance;
  const { rowsOf, metricOf, intervalOf, atLoss } = comparisonOf(metric, scale);
  const rows = rowsOf(outcomes);
  const isEnough = rows > 0 && lackingOutcomes(metric, rows, outcomes.reduce(addOutcomes)) === undefined;
  const [value, loss] = isEnough ? [metricOf(outcomes), intervalOf(outcomes)] : [];
  if (value === undefined || loss === undefined) return undefined;
  const degrees = outcomes.filter((day) => rowsOf([day]) > 0).length - 1;
  const reach = Math.abs(atLoss(loss[1]) - atLoss(loss[0])) / 2;
  return { group, value, standardError: reach / tQuantile(0.025, degrees), degrees };
}

function ofShare(
  name: 'parity' | 'opportunity',
  group: string,
  outcomes: readonly OutcomeCounts[],
  { scale }: FairnessInput,
): Estimate | undefined {
  const days = outcomes.flatMap((day) => sharesOf(name, day, scale) ?? []).filter(({ x }) => x > 0);
  const [x, y] = [days.reduce((sum, day) => sum + day.x, 0), days.reduce((sum, day) => sum + day.y, 0)];
  const interval = x >= fewest[name] ? ratioInterval(days, (y / x) * (1 - y / x)) : undefined;
  return interval && { group, value: interval.value, standardError: interval.standardError, degrees: days.length - 1 };
}

/** Rows that a share is of, at least. */
const fewest = { parity: 30, opportunity: 10 } as const;

function sharesOf(name: 'parity' | 'opportunity', day: OutcomeCounts, { classes, positive = '' }: OutcomeScale) {
  const [totals, place] = [classTotalsOf(day), classes.indexOf(positive)];
  if (totals === undefined || place < 0) return undefined;
  return name === 'parity'
    ? { x: day.matched, y: totals.predicted[place] as number }
    : { x: totals.actual[place] as number, y: totals.right[place] as number };
}

function furthest(estimates: readonly Estimate[]): FairnessMeasure['apart'] {
  const sorted = [...estimates].sort((one, other) => one.value - other.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  return least === undefined || most === undefined || sorted.length < 2 ? undefined : { least, most, groups: sorted.length };
}

function pValueOf({ least, most, groups }: NonNullable<FairnessMeasure['apart']>): number {
  const standardError = Math.hypot(least.standardError, most.standardError);
  const { pGreater } = differenceT(least.value, most.value, standardError, Math.min(least.degrees, most.degrees));
  return Math.min(1, pGreater * groups * (groups - 1));
}

export interface FairnessLevels {
  /** p-values, adjusted with the layer's other alarms. */
  readonly adjusted: readonly number[];
  readonly level: number;
  /** What groups differ by: days, or random parts of rows that are independent. */
  readonly pValueKind?: 'days' | 'independentRows';
}

/**
 * Judges what was measured: it fails when the groups are further apart than the policy allows and that is not chance. What was so in the
 * baseline already fails too, for it is a limit and no comparison.
 */
export function assessFairness(
  { fairness, performance }: Policy,
  measures: readonly FairnessMeasure[],
  { adjusted, level, pValueKind = 'days' }: FairnessLevels,
): Judgement[] {
  if (fairness === undefined) return [];
  return measures.map((measure, index) => {
    const { name, dimension, apart, inBaseline } = measure;
    const what = fairnessSubjectInWords(`${name} by ${dimension}`);
    const common = {
      layer: 'performance',
      subject: `${name} by ${dimension}`,
      statistic: 'fairness',
      critical: true,
      policyPath: `/fairness/${name}`,
    } as const;
    if (apart === undefined) {
      const missing = `two groups of ${dimension} with 30 matured rows each, on two days or more`;
      return { ...common, outcome: 'inconclusive', statistics: {}, missing, says: `${what} cannot be judged: needs ${missing}.` };
    }
    const { least, most, groups } = apart;
    const value = most.value - least.value;
    const threshold = limitOf(name, fairness, performance, apart);
    const p = adjusted[index] as number;
    const say = name === 'gap' ? sayNumber : sayShare;
    const before = inBaseline === undefined ? '' : `, ${say(inBaseline)} in the baseline`;
    return {
      ...common,
      outcome: value >= threshold && p <= level ? 'fail' : 'pass',
      value,
      reference: 0,
      threshold,
      pValue: measure.pValue,
      pValueKind,
      adjustedPValue: p,
      statistics: { groups, ...(inBaseline !== undefined && { differenceInBaseline: inBaseline }) },
      says: `${what}: ${most.group} ${say(most.value)}, ${least.group} ${say(least.value)}; ${say(value)} apart${before} (alarm at ${say(threshold)}), p = ${sayP(p)}.`,
    };
  });
}

/** How far apart is too far; of a relative gap, from the better group. */
function limitOf(
  name: FairnessName,
  fairness: FairnessRules,
  { metric }: Policy['performance'],
  { least, most }: NonNullable<FairnessMeasure['apart']>,
): number {
  if (name !== 'gap') return fairness[name];
  const best = levelAfter(metric, most.value, { by: 1, of: 'points' }) > most.value ? least : most;
  return Math.abs(levelAfter(metric, best.value, fairness.gap) - best.value);
}
