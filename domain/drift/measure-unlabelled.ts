import { daysBetween } from '../identity/event-time.ts';
import type { Partition } from '../ledger/entry.ts';
import type { OutcomeInput } from '../report/assessment-input.ts';
import { blockT } from '../statistics/block-t.ts';
import { historyBlocks } from '../statistics/history-blocks.ts';
import { testAgainstHistory } from '../statistics/test-against-history.ts';
import type { FlawShare } from './measure-quality.ts';

interface JoinedDay {
  readonly day: string;
  readonly rows: number;
  readonly unlabelled: number;
}

/**
 * How many matured predictions have no outcome, whatever absence means, and whether more of them than in blocks of the past (ratio
 * block t, one-sided). The past is what production had so far: days before the window, and the baseline's where it was production.
 *
 * @returns undefined where no labels are expected, the policy does not say when they mature, or there is no past
 *
 * Cost O(days).
 */
export function measureUnlabelled({ policy, baseline, maturedWindow, windowDays }: OutcomeInput): FlawShare | undefined {
  if (policy.sources.outcomes === undefined || policy.labels.maturesAfterDays === 0) return undefined;
  const past = [...(baseline?.body.from === 'production' ? baseline.days : []), ...windowDays.earlier].map(joinedDay);
  const window = windowDays.matured.map(joinedDay);
  const [before, now] = [ratioOf(past), ratioOf(window)];
  if (before.x === 0 || now.x === 0) return undefined;

  const rowsOf = ({ rows }: JoinedDay) => rows;
  const history = historyBlocks(past, daysBetween(maturedWindow.from, maturedWindow.to), rowsOf);
  const rise = (blocks: readonly (readonly JoinedDay[])[], against: readonly JoinedDay[]) => {
    const [sums, last] = [blocks.map(ratioOf), ratioOf(against)];
    const whole = ratioOf(blocks.flat());
    return blockT(sums, last, { blocks: varianceOf(whole), window: varianceOf(last) })?.pGreater;
  };
  return {
    column: 'outcomes',
    flaw: 'unlabelled',
    share: now.y / now.x,
    reference: before.y / before.x,
    rows: now.x,
    test: testAgainstHistory(history, window, rowsOf, rise),
  };
}

function joinedDay({ day, rows, outcomes }: Partition): JoinedDay {
  return { day: day.slice(0, 10), rows, unlabelled: Math.max(0, rows - (outcomes?.matched ?? 0)) };
}

function ratioOf(days: readonly JoinedDay[]): { readonly y: number; readonly x: number } {
  return { y: days.reduce((sum, { unlabelled }) => sum + unlabelled, 0), x: days.reduce((sum, { rows }) => sum + rows, 0) };
}

/** Of one row that is unlabelled or not. */
function varianceOf({ y, x }: { readonly y: number; readonly x: number }): number {
  return (y / x) * (1 - y / x);
}
