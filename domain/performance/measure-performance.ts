import { daysLike, type PastBlocks } from '../calendar/past-blocks.ts';
import type { PastTest } from '../drift/past-rule.ts';
import { addOutcomes } from '../ledger/add-counts.ts';
import type { OutcomeCounts } from '../ledger/entry.ts';
import type { MetricName } from '../policy/policy.ts';
import type { DifferenceT } from '../statistics/difference-t.ts';
import { historyBlocks, windowBlocks } from '../statistics/history-blocks.ts';
import { type LaterBlocks, laterOf } from '../statistics/later-blocks.ts';
import { isWider } from '../statistics/stable-blocks.ts';
import { testAgainstHistory, testedByBoth } from '../statistics/test-against-history.ts';
import { type Comparison, comparisonOf } from './comparison.ts';
import { lackingOutcomes } from './lacking-outcomes.ts';
import type { OutcomeDay } from './outcome-day.ts';
import type { OutcomeScale } from './outcome-scale.ts';
import { type LaterOutcomes, stableOutcomeBlocks } from './stable-outcome-blocks.ts';
import { testParts } from './test-parts.ts';

export interface PerformanceMeasure {
  readonly metric: MetricName;
  /** Absent when no row has its outcome. */
  readonly value?: number;
  /** The same metric over the baseline, or over whatever days stand for it. */
  readonly reference?: number;
  readonly rows: number;
  readonly rowsInBaseline: number;
  /** What the matured days lack for the metric to be judged. */
  readonly missing?: string;
  /** One-sided: is it worse than stable blocks are? */
  readonly test: PastTest;
  /**
   * 95% interval of the value, the anchor taken as it is: with blocks as long as the window by how far blocks differ, else by how far
   * the matured days or parts do. Where something is missing, the exact one of a share.
   */
  readonly interval?: readonly [number, number];
  /** Absent where no window came between. */
  readonly later?: LaterBlocks;
}

/**
 * The metric over some matured days and over the baseline, with a test of the one against blocks of the other. How far stable blocks differ is
 * learnt from later ones too, where these were as steady and both together are enough; then the baseline alone is asked as well.
 *
 * @param past blocks of the baseline that what is judged can be compared with, where other days of it count for nothing; or that rows are
 * independent, and both are random parts and no days
 */
export function measurePerformance(
  metric: MetricName,
  scale: OutcomeScale,
  allBaselineDays: readonly OutcomeDay[],
  maturedDays: readonly OutcomeDay[],
  past: PastBlocks | 'independentRows',
  later?: LaterOutcomes,
): PerformanceMeasure {
  const comparison = comparisonOf(metric, scale);
  const baselineDays = past === 'independentRows' ? allBaselineDays : daysLike(allBaselineDays, past);
  const [baseline, matured] = [outcomesOf(baselineDays), outcomesOf(maturedDays)];
  const [value, reference] = [comparison.metricOf(matured), comparison.metricOf(baseline)];
  const rows = comparison.rowsOf(matured);
  const missing = lackingOutcomes(metric, rows, matured.length === 0 ? undefined : matured.reduce(addOutcomes));
  const held =
    past === 'independentRows'
      ? { test: testParts(comparison, baseline, matured) }
      : againstBlocks(metric, comparison, { baselineDays, maturedDays, past }, later);
  const byBlocks = held.whole && ([held.whole.reference + held.whole.interval[0], held.whole.reference + held.whole.interval[1]] as const);
  const ends = missing === undefined ? (byBlocks ?? comparison.intervalOf(matured)) : comparison.exactIntervalOf(matured);
  return {
    metric,
    rows,
    rowsInBaseline: comparison.rowsOf(baseline),
    test: held.test,
    ...(value !== undefined && { value }),
    ...(reference !== undefined && { reference }),
    ...(missing !== undefined && { missing }),
    ...(ends && { interval: intervalOf(comparison, ends) }),
    ...(held.later && { later: held.later }),
  };
}

interface Held {
  readonly test: PastTest;
  /** The matured days against blocks as long as they, where there are enough. */
  readonly whole?: DifferenceT;
  readonly later?: LaterBlocks;
}

interface Compared {
  readonly baselineDays: readonly OutcomeDay[];
  readonly maturedDays: readonly OutcomeDay[];
  readonly past: PastBlocks;
}

function againstBlocks(
  metric: MetricName,
  comparison: Comparison,
  { baselineDays, maturedDays, past }: Compared,
  later: LaterOutcomes | undefined,
): Held {
  type Blocks = readonly (readonly OutcomeDay[])[];
  const rowsOf = (day: OutcomeDay) => comparison.rowsOf([day.outcomes]);
  const compare = (blocks: Blocks, against: readonly OutcomeDay[], reference: Blocks = blocks) =>
    comparison.compare(blocks.map(outcomesOf), outcomesOf(against), outcomesOf(baselineDays), reference.map(outcomesOf));

  const history = historyBlocks(baselineDays, past, rowsOf);
  const alone = testAgainstHistory(history, maturedDays, rowsOf, (blocks, against) => compare(blocks, against)?.pGreater);
  const stable =
    later === undefined || later.windows.length === 0
      ? undefined
      : stableOutcomeBlocks(metric, comparison, { baseline: baselineDays, blocks: windowBlocks(baselineDays, past, rowsOf) }, later);
  const told = stable && { later: laterOf(stable) };
  const wider = stable && isWider(stable) ? compare(stable.blocks, maturedDays, stable.reference) : undefined;
  if (stable !== undefined && wider !== undefined)
    return { test: testedByBoth(stable.blocks.length, wider.pGreater, alone), whole: wider, ...told };
  const whole = history.unit === 'window' ? compare(history.blocks, maturedDays) : undefined;
  return { test: alone, ...(whole && { whole }), ...told };
}

function outcomesOf(days: readonly OutcomeDay[]): OutcomeCounts[] {
  return days.map(({ outcomes }) => outcomes);
}

function intervalOf({ atLoss }: Comparison, [low, high]: readonly [number, number]): readonly [number, number] {
  const ends = [atLoss(low), atLoss(high)] as const;
  return ends[0] <= ends[1] ? ends : [ends[1], ends[0]];
}
