import { plusDays } from '../identity/event-time.ts';
import type { Policy } from '../policy/policy.ts';
import { sayNumber } from '../report/say-number.ts';
import type { Baseline } from './baseline.ts';
import { ownWindow } from './own-window.ts';

/** One line for people: of what a baseline is, and whether it is to be replaced. */
export function tellBaseline(baseline: Baseline, policy: Policy): string {
  const { rows, from, window, anyway } = baseline;
  const days = `${window.from.slice(0, 10)} to ${plusDays(window.to, -1).slice(0, 10)}`;
  const own = ownWindow(policy, baseline);
  const until = own === undefined ? '' : `, provisional: days of its own take its place from ${own.fullAt.slice(0, 10)} on`;
  const override = anyway === undefined ? '' : `, taken by ${anyway.who} whether steady or not (${anyway.reason})`;
  return `baseline: ${sayNumber(rows)} ${from === 'held-out' ? 'held-out rows' : 'rows of production'}, ${days}${until}${override}`;
}
