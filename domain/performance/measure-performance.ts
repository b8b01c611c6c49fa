import type { OutcomeCounts } from '../ledger/entry.ts';
import type { MetricName } from '../policy/policy.ts';
import { blockT } from '../statistics/block-t.ts';
import { historyBlocks } from '../statistics/history-blocks.ts';
import { type HistoryTest, testAgainstHistory } from '../statistics/test-against-history.ts';
import { metricOfLoss, sumLosses } from './outcome-sums.ts';

export interface OutcomeDay {
  readonly day: string;
  readonly outcomes: OutcomeCounts;
}

export interface PerformanceMeasure {
  readonly metric: MetricName;
  /** Absent when no row has its outcome. */
  readonly value?: number;
  /** The same metric over the baseline, or over whatever days stand for it. */
  readonly reference?: number;
  readonly rows: number;
  readonly rowsInBaseline: number;
  /** One-sided: is it worse than stable blocks are? */
  readonly test: HistoryTest;
  /** 95% interval of the value, the anchor taken as it is; with blocks as long as the window only. */
  readonly interval?: readonly [number, number];
}

/**
 * The metric over some matured days and over the baseline, with the ratio block t between them.
 *
 * @param unit       fixed-point unit of the prediction column
 * @param windowDays length in days of what is judged, which is also the length of a block
 */
export function measurePerformance(
  metric: MetricName,
  unit: number,
  baselineDays: readonly OutcomeDay[],
  maturedDays: readonly OutcomeDay[],
  windowDays: number,
): PerformanceMeasure {
  const sumsOf = (days: readonly OutcomeDay[]) =>
    sumLosses(
      metric,
      days.map(({ outcomes }) => outcomes),
      unit,
    );
  const rowsOf = (day: OutcomeDay) => sumsOf([day]).x;
  const [baseline, window] = [sumsOf(baselineDays), sumsOf(maturedDays)];
  const compare = (blocks: readonly (readonly OutcomeDay[])[], against: readonly OutcomeDay[]) => {
    const days = sumsOf(against);
    return blockT(blocks.map(sumsOf), days, { blocks: baseline.rowVariance, window: days.rowVariance });
  };

  const history = historyBlocks(baselineDays, windowDays, rowsOf);
  const whole = history.unit === 'window' ? compare(history.blocks, maturedDays) : undefined;
  return {
    metric,
    rows: window.x,
    rowsInBaseline: baseline.x,
    test: testAgainstHistory(history, maturedDays, rowsOf, (blocks, against) => compare(blocks, against)?.pGreater),
    ...(window.x > 0 ? { value: metricOfLoss(metric, window.y / window.x) } : {}),
    ...(baseline.x > 0 ? { reference: metricOfLoss(metric, baseline.y / baseline.x) } : {}),
    ...(whole ? { interval: intervalOf(metric, whole.reference + whole.interval[0], whole.reference + whole.interval[1]) } : {}),
  };
}

function intervalOf(metric: MetricName, lowLoss: number, highLoss: number): readonly [number, number] {
  const ends = [metricOfLoss(metric, lowLoss), metricOfLoss(metric, highLoss)] as const;
  return ends[0] <= ends[1] ? ends : [ends[1], ends[0]];
}
