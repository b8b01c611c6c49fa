import { levelAfter } from '../policy/drop.ts';
import type { Drop, MetricName } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { sayNumber, sayP, sayShare } from '../report/say-number.ts';
import { laterStatistics } from '../statistics/later-blocks.ts';
import type { PerformanceMeasure } from './measure-performance.ts';
import { metricInWords } from './metric-in-words.ts';
import { worsening } from './outcome-sums.ts';

export interface PerformanceStandards {
  /** `drop` is judged over the whole matured window against the anchor, `sudden` over its newest days against the steady days before. */
  readonly rule: 'drop' | 'sudden';
  readonly limit: Drop;
  /** The slice whose rows alone were measured. */
  readonly segment?: string;
  readonly adjustedPValue?: number;
  readonly level: number;
}

/**
 * Judges a metric against its reference: it fails when it is worse by the limit or more and the adjusted p-value is at most the
 * level; it is inconclusive under 30 matured rows, under 10 of a kind where it weighs kinds, without an anchor, or with a past too short
 * to test against. By `drop` a metric of all rows is slipping where it passes and is as surely worse by two thirds of the limit.
 *
 * `value`, `reference` and `threshold` of the signal are in the metric's own unit: the threshold is the value at which the alarm starts.
 */
export function assessPerformance(measured: PerformanceMeasure, standards: PerformanceStandards): Judgement {
  const { metric, value, reference, rows, test } = measured;
  const common = {
    layer: 'performance',
    subject: metric,
    ...(standards.segment !== undefined && { segment: standards.segment }),
    statistic: standards.rule,
    critical: true,
    policyPath: `/performance/${standards.rule}`,
  } as const;
  const statistics = { rows, rowsInBaseline: measured.rowsInBaseline };
  const missing = lacking(measured);
  const name = `${metricInWords(metric)}${standards.segment === undefined ? '' : ` in ${standards.segment}`}`;
  if (missing !== undefined || value === undefined || reference === undefined || test.kind === 'none') {
    return {
      ...common,
      ...(value === undefined ? {} : { value }),
      ...(reference === undefined ? {} : { reference }),
      ...(measured.interval ? { interval: measured.interval } : {}),
      outcome: 'inconclusive',
      statistics,
      missing: missing ?? 'a measurable metric',
      says: `${name}${value === undefined ? '' : ` ${sayNumber(value)}`} cannot be judged: needs ${missing ?? 'a measurable metric'}.`,
    };
  }

  const worse = worsening(metric, value, reference);
  const threshold = levelAfter(metric, reference, standards.limit);
  const adjusted = standards.adjustedPValue ?? test.pValue;
  const isSurelyBeyond = (level: number) => worse > 0 && worsening(metric, value, level) >= 0 && adjusted <= standards.level;
  const failed = isSurelyBeyond(threshold);
  const slipping = !failed && isSurelyBeyond(slippingAfter(metric, reference, standards));
  return {
    ...common,
    outcome: failed ? 'fail' : 'pass',
    ...(slipping && { slipping }),
    value,
    reference,
    ...(measured.interval ? { interval: measured.interval } : {}),
    threshold,
    pValue: test.pValue,
    pValueKind: test.kind,
    adjustedPValue: adjusted,
    statistics: {
      ...statistics,
      ...(test.kind !== 'independentRows' && { blocks: test.blocks }),
      ...laterStatistics(measured.later),
      worseBy: worse,
      ...(reference === 0 ? {} : { relativeChange: (value - reference) / Math.abs(reference) }),
    },
    says: `${name}${standards.rule === 'sudden' ? ' of the newest days' : ''} ${sayNumber(value)}, ${standards.rule === 'sudden' ? 'steady days' : 'anchor'} ${sayNumber(reference)}: ${sayChange(value, reference, standards.limit)}, ${slipping ? 'under the alarm but no chance, ' : ''}p = ${sayP(adjusted)}.`,
  };
}

/** The level beyond which a metric that passes is slipping; none but of all rows against their anchor. */
function slippingAfter(metric: MetricName, reference: number, { rule, segment, limit }: PerformanceStandards): number {
  return rule === 'drop' && segment === undefined ? levelAfter(metric, reference, { ...limit, by: (limit.by * 2) / 3 }) : Number.NaN;
}

function lacking({ missing, reference, test }: PerformanceMeasure): string | undefined {
  if (missing !== undefined) return missing;
  if (reference === undefined) return 'outcomes in the baseline';
  return test.kind === 'none' ? `${test.missing} (outcomes)` : undefined;
}

function sayChange(value: number, reference: number, limit: Drop): string {
  const change = value - reference;
  const sign = change < 0 ? '-' : '+';
  if (limit.of === 'points' || reference === 0) return `${sign}${sayNumber(Math.abs(change))} (alarm at ${sayNumber(limit.by)})`;
  return `${sign}${sayShare(Math.abs(change / reference))} (alarm at ${sayShare(limit.by)})`;
}
