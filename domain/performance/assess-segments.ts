import { smallestGroup } from '../drift/publishable-bars.ts';
import { type Slice, slicesOf } from '../grid/slices-of.ts';
import type { Partition } from '../ledger/entry.ts';
import { sliceOf } from '../ledger/slice-of.ts';
import type { Dimension } from '../policy/dimension.ts';
import type { Policy } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { type LevelRules, pastOfWindow } from './assess-levels.ts';
import { assessPerformance } from './assess-performance.ts';
import { measurePerformance, type PerformanceMeasure } from './measure-performance.ts';
import { metricInWords } from './metric-in-words.ts';
import type { OutcomeDay } from './outcome-day.ts';
import { worsening } from './outcome-sums.ts';
import type { LaterOutcomes } from './stable-outcome-blocks.ts';

export interface SegmentMeasure {
  readonly slice: Slice;
  /** Absent where too few rows have an outcome to be told of. */
  readonly measured?: PerformanceMeasure;
}

interface SegmentInput {
  readonly rules: Pick<LevelRules, 'metric' | 'scale' | 'windowDays' | 'season' | 'rowsAreIndependent'>;
  readonly dimensions: readonly Dimension[];
  readonly days: Readonly<Record<'anchor' | 'earlier' | 'window', readonly Partition[]>>;
  readonly outcomeDays: (partitions: readonly Partition[]) => OutcomeDay[];
  /** Between the anchor and the window. */
  readonly laterOf: (earlier: readonly OutcomeDay[], window: readonly OutcomeDay[], slice: string) => LaterOutcomes;
}

/** The metric in every slice over the matured window, against the slice's own anchor. */
export function measureSegments({ rules, dimensions, days, outcomeDays, laterOf }: SegmentInput): SegmentMeasure[] {
  return slicesOf(dimensions).map((slice) => {
    const daysOf = (partitions: readonly Partition[]) => outcomeDays(sliceOf(partitions, slice.name));
    const [anchor, earlier, window] = [daysOf(days.anchor), daysOf(days.earlier), daysOf(days.window)];
    const later = laterOf(earlier, window, slice.name);
    const measured = measurePerformance(rules.metric, rules.scale, anchor, window, pastOfWindow(rules, window), later);
    const isTold = [measured.rows, measured.rowsInBaseline].every((rows) => rows === 0 || rows >= smallestGroup);
    return { slice, ...(isTold && { measured }) };
  });
}

export function hasLimit({ segments }: Policy['performance'], { slice }: SegmentMeasure): boolean {
  return Object.hasOwn(segments, slice.name);
}

export function segmentPValue({ measured }: SegmentMeasure): number {
  return measured === undefined || measured.test.kind === 'none' ? 1 : measured.test.pValue;
}

export interface SegmentLevels {
  /** Of the slices with a limit of their own, in their order, adjusted with the layer's other alarms. */
  readonly adjusted: readonly number[];
  readonly level: number;
  /** For the other slices together: they are a family that only warns. */
  readonly warningLevel: number;
}

/**
 * Judges each slice: those with a limit of their own alarm, the others warn at the limit of the whole. Beside stands how far each is behind the
 * best of its dimension: of the last one that is the gap between best and worst.
 */
export function assessSegments(
  performance: Policy['performance'],
  segments: readonly SegmentMeasure[],
  levels: SegmentLevels,
): Judgement[] {
  const limited = segments.filter((segment) => hasLimit(performance, segment));
  const others = segments.filter((segment) => !hasLimit(performance, segment));
  const adjusted = new Map<SegmentMeasure, number>([
    ...limited.map((segment, index) => [segment, levels.adjusted[index] as number] as const),
    ...benjaminiHochberg(others.map(segmentPValue)).map((p, index) => [others[index] as SegmentMeasure, p] as const),
  ]);
  const judged = segments.map((segment) => {
    const { slice, measured } = segment;
    const isLimited = hasLimit(performance, segment);
    const place = placeOf(performance, slice.name);
    if (measured === undefined) return notJudged(performance, slice.name, `${smallestGroup} matured rows or more in window and baseline`);
    const judgement = assessPerformance(measured, {
      rule: 'drop',
      segment: slice.name,
      limit: performance.segments[slice.name] ?? performance.drop,
      adjustedPValue: adjusted.get(segment) as number,
      level: isLimited ? levels.level : levels.warningLevel,
    });
    const behindBest = behind(
      measured,
      segments.filter(({ slice: { dimension } }) => dimension === slice.dimension),
    );
    const statistics = { ...judgement.statistics, ...(behindBest !== undefined && { behindBest }) };
    return { ...judgement, ...place, critical: isLimited, statistics };
  });
  const known = new Set(segments.map(({ slice }) => slice.name));
  const uncounted = Object.keys(performance.segments).filter((name) => !known.has(name));
  return [...judged, ...uncounted.map((name) => notJudged(performance, name, 'a grid that was cut with this segment'))];
}

/** How much worse than the best slice of its dimension; undefined where there is nothing to compare with. */
function behind({ metric, value, missing }: PerformanceMeasure, dimension: readonly SegmentMeasure[]): number | undefined {
  const values = dimension.flatMap(({ measured }) => (measured?.missing === undefined ? (measured?.value ?? []) : []));
  if (value === undefined || missing !== undefined || values.length < 2) return undefined;
  return Math.max(...values.map((other) => worsening(metric, value, other)));
}

function placeOf(performance: Policy['performance'], name: string): Pick<Judgement, 'policyPath'> {
  const step = name.replaceAll('~', '~0').replaceAll('/', '~1');
  return { policyPath: Object.hasOwn(performance.segments, name) ? `/performance/segments/${step}` : '/performance/drop' };
}

function notJudged(performance: Policy['performance'], name: string, missing: string): Judgement {
  return {
    layer: 'performance',
    subject: performance.metric,
    segment: name,
    statistic: 'drop',
    outcome: 'inconclusive',
    statistics: {},
    missing,
    critical: Object.hasOwn(performance.segments, name),
    ...placeOf(performance, name),
    says: `${metricInWords(performance.metric)} in ${name} cannot be judged: needs ${missing}.`,
  };
}
