import type { OutcomeArrivals } from '../ledger/outcome-arrivals.ts';
import type { AssessmentInput } from '../report/assessment-input.ts';
import { blockT } from '../statistics/block-t.ts';
import { historyBlocks } from '../statistics/history-blocks.ts';
import { type RatioSums, sumRatios } from '../statistics/ratio-sums.ts';
import { testAgainstHistory } from '../statistics/test-against-history.ts';
import type { FlawShare } from './measure-quality.ts';

/**
 * How many of the outcomes that became known in the newest whole days found no prediction by the end of them, and whether more of them than
 * of blocks of the past by the end of these (ratio block t, one-sided). The past is what became known before, as far as it is at hand.
 *
 * When not one found a prediction that is certain, whatever was before: nothing joins.
 *
 * @returns undefined where no outcomes became known, or there is no past and some found theirs
 *
 * Cost O(days).
 */
export function measureOrphaned({ policy, outcomeArrivals = [], window }: AssessmentInput): FlawShare | undefined {
  const length = Math.ceil(policy.watch.windowDays);
  const end = window.to.slice(0, 10);
  const begin = new Date(Date.parse(end) - length * 86_400_000).toISOString().slice(0, 10);
  const past = outcomeArrivals.filter(({ day }) => day < begin);
  const newest = outcomeArrivals.filter(({ day }) => day >= begin && day < end);
  const rowsOf = ({ outcomes }: OutcomeArrivals) => outcomes;
  const history = historyBlocks(past, length, rowsOf);
  const [before, now] = [sumRatios((history.unit === 'window' ? history.blocks : [past]).map(orphansOf)), orphansOf(newest)];
  const nothingJoins = now.x > 0 && now.y === now.x;
  if (now.x === 0 || (before.x === 0 && !nothingJoins)) return undefined;

  const rise = (blocks: readonly (readonly OutcomeArrivals[])[], against: readonly OutcomeArrivals[]) => {
    const [sums, last] = [blocks.map(orphansOf), orphansOf(against)];
    return blockT(sums, last, { blocks: varianceOf(sumRatios(sums)), window: varianceOf(last) })?.pGreater;
  };
  return {
    column: 'outcomes',
    flaw: 'orphaned',
    share: now.y / now.x,
    reference: before.x === 0 ? 0 : before.y / before.x,
    rows: now.x,
    test: testAgainstHistory(history, newest, rowsOf, rise),
    ...(nothingJoins && { certain: true }),
  };
}

/** Without a prediction as of the last of the days, over all. */
function orphansOf(days: readonly OutcomeArrivals[]): RatioSums {
  const last = days.reduce((latest, { day }) => (day > latest ? day : latest), '');
  let [y, x] = [0, 0];
  for (const { outcomes, waiting, met } of days) {
    const since = Object.entries(met).reduce((sum, [day, count]) => (day <= last ? sum + count : sum), 0);
    x += outcomes;
    y += Math.max(0, waiting - since);
  }
  return { y, x };
}

/** Of one outcome that has a prediction or not. */
function varianceOf({ y, x }: RatioSums): number {
  return (y / x) * (1 - y / x);
}
