import type { Grid } from '../../../domain/grid/grid.ts';
import { eventTime, plusDays } from '../../../domain/identity/event-time.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import type { MetricName, Policy, PredictionSource, Task } from '../../../domain/policy/policy.ts';
import type { AssessmentInput } from '../../../domain/report/assessment-input.ts';
import { checkOf, policyOf } from '../../report/watched-model.ts';

export const delayDays = 30;
const baselineDays = 84;
const from = eventTime('2024-01-01');
export const dayNumber = (number: number) => plusDays(from, number).slice(0, 10);

export interface Written {
  readonly task: Task;
  readonly predictions: PredictionSource;
  readonly metric: MetricName;
  /** Relative. */
  readonly drop: number;
  readonly season?: Policy['baseline']['season'];
  readonly windowDays?: number;
}

/** A check on the day after the last of `days`, of which the labels of the newest 30 are not known yet; 84 days are the baseline. */
export function checkDelayed(grid: Grid, written: Written, days: readonly Partition[], labelled = days): AssessmentInput {
  const { task, predictions, metric, drop, season, windowDays = 7 } = written;
  const policy: Policy = policyOf({
    task,
    sources: { predictions, outcomes: { from: 'files', glob: '*', id: ['id'], label: 'was' } },
    labels: { maturesAfterDays: delayDays },
    performance: { metric, drop: { by: drop, of: 'relative' } },
    baseline: { season },
    watch: { windowDays },
  });
  const end = days.length;
  const spanOf = (to: number) => ({ from: plusDays(from, to - windowDays), to: plusDays(from, to) });
  const [window, maturedWindow] = [spanOf(end), spanOf(end - delayDays)];
  const input = checkOf([], [], policy);
  const within = (partitions: readonly Partition[], first: string, to: string) =>
    partitions.filter(({ day }) => day >= first.slice(0, 10) && day < to.slice(0, 10));
  const baselineTo = plusDays(from, baselineDays);
  return {
    ...input,
    grid,
    ...(input.baseline && {
      baseline: {
        ...input.baseline,
        body: { ...input.baseline.body, window: { from, to: baselineTo } },
        days: within(labelled, from, baselineTo),
      },
    }),
    asOf: window.to,
    window,
    maturedWindow,
    windowDays: {
      inputs: within(days, window.from, window.to).map(({ outcomes: _, errors: __, ...day }) => day),
      matured: within(labelled, maturedWindow.from, maturedWindow.to),
      earlier: within(labelled, baselineTo, maturedWindow.from),
    },
    outcomesExpected: 2800,
  };
}
