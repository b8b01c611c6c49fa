import { daysBetween } from '../identity/event-time.ts';
import { worsening } from '../performance/outcome-sums.ts';
import type { MetricName } from '../policy/policy.ts';
import type { Degradation, HindsightWindow } from './backtest.ts';
import { runsOf } from './runs-of.ts';

/** Degraded windows joined to stretches, by {@link runsOf}. */
export function degradationsOf(metric: MetricName, windowDays: number, windows: readonly HindsightWindow[]): Degradation[] {
  const runs = runsOf(windows, ({ is }) => (is === 'unknown' ? undefined : is === 'degraded'));
  return runs.map((run) => {
    const [first, last] = [run[0], run.at(-1)] as [HindsightWindow, HindsightWindow];
    const worst = run.reduce((one, other) => (worsening(metric, measured(other), measured(one)) > 0 ? other : one));
    return {
      span: { from: first.window.from, to: last.window.to },
      lasts: daysBetween(first.window.from, last.window.to) >= 2 * windowDays,
      ...(first.maturedAt && { maturedAt: first.maturedAt }),
      worst: { value: measured(worst), reference: worst.reference as number, window: worst.window },
    };
  });
}

function measured({ value }: HindsightWindow): number {
  return value as number;
}
