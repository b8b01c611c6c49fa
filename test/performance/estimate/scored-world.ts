import { cellFinder } from '../../../domain/grid/cell-finder.ts';
import { coarseColumn } from '../../../domain/grid/coarse-column.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import { eventTime, plusDays } from '../../../domain/identity/event-time.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import { columnSums, type NumericSum } from '../../../domain/ledger/column-sum.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { ErrorSum } from '../../../domain/ledger/error-sum.ts';
import { outcomeSums } from '../../../domain/ledger/sum-outcomes.ts';
import type { MetricName, Policy } from '../../../domain/policy/policy.ts';
import type { AssessmentInput } from '../../../domain/report/assessment-input.ts';
import { seededRandom } from '../../../domain/statistics/seeded-random.ts';
import { checkOf, policyOf, version } from '../../report/watched-model.ts';

/** What a day is like: how many of its rows are hard, and whether a probability of p still means p. */
export interface Day {
  /** Share of rows with any probability at all, of whom a quarter is answered wrongly; of the others it is one in thirty. */
  readonly hard?: number;
  /** The chance of a positive, of its probability. */
  readonly concept?: (p: number) => number;
  readonly rows?: number;
}

export const scoredGrid = cutGrid('churn' as ModelName, [
  { name: 'p', role: 'score', kind: 'numeric', values: Array.from({ length: 101 }, (_, index) => index / 100) },
  { name: 'said', role: 'prediction', kind: 'categorical', values: ['0', '1'] },
]);

export const delayDays = 30;
const from = eventTime('2024-01-01');
export const dayNumber = (number: number) => plusDays(from, number).slice(0, 10);

/** Days of scored customers; the probability is that of being positive, so long as the concept is what it was. */
export function scoredDays(seed: number, first: number, days: number, like: (day: number) => Day = () => ({})): Partition[] {
  const random = seededRandom(seed);
  const [score, said] = ['p', 'said'].map((name) => scoredGrid.columns.find((column) => column.name === name));
  if (score === undefined || said === undefined) throw new Error('the grid has both columns');
  const coarse = coarseColumn(score);
  const cellOf = cellFinder(coarse.kind === 'numeric' ? coarse.edges : []);
  return Array.from({ length: days }, (_, index) => {
    const errors = new ErrorSum(scoredGrid);
    const { hard = 0.3, concept = (p: number) => p, rows = 400 } = like(first + index);
    const outcomes = outcomeSums(scoredGrid, 'categorical', '1')();
    const sums = [columnSums(score)(), columnSums(said)()] as const;
    const wander = 0.06 * (random() - 0.5);
    for (let row = 0; row < rows; row += 1) {
      const p = random() < hard + wander ? random() : random() < 0.5 ? random() / 15 : 1 - random() / 15;
      const answer = p > 0.5 ? '1' : '0';
      const label = random() < concept(p) ? '1' : '0';
      outcomes.add(answer, label, 1, p);
      errors.add(Uint8Array.of(cellOf(p), Number(answer)), 0, answer, label, 1);
      (sums[0] as NumericSum).add(p);
      (sums[1].add as (value: string) => void).call(sums[1], answer);
    }
    const columns = { p: sums[0].counts(), said: sums[1].counts() };
    return { day: dayNumber(first + index), version, rows, columns, outcomes: outcomes.counts(), errors: errors.counts() };
  });
}

/** A check on the day after the last of `days`, of which the labels of the newest 30 are not known yet; 84 days are the baseline. */
export function checkScored(days: readonly Partition[], metric: MetricName = 'accuracy', drop = 0.05, labelled = days): AssessmentInput {
  const files = { from: 'files', glob: '*', id: ['id'], time: 't', prediction: 'said', score: 'p' } as const;
  const policy: Policy = policyOf({
    task: { kind: 'classification', positive: '1' },
    sources: { predictions: files, outcomes: { from: 'files', glob: '*', id: ['id'], label: 'churned' } },
    labels: { maturesAfterDays: delayDays },
    performance: { metric, drop: { by: drop, of: 'relative' } },
  });
  const end = days.length;
  const spanOf = (to: number) => ({ from: plusDays(from, to - 7), to: plusDays(from, to) });
  const [window, maturedWindow] = [spanOf(end), spanOf(end - delayDays)];
  const input = checkOf([], [], policy);
  const within = (partitions: readonly Partition[], first: string, to: string) =>
    partitions.filter(({ day }) => day >= first.slice(0, 10) && day < to.slice(0, 10));
  const baselineTo = plusDays(from, 84);
  return {
    ...input,
    grid: scoredGrid,
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
      inputs: within(days, window.from, window.to).map(({ outcomes: _, ...day }) => day),
      matured: within(labelled, maturedWindow.from, maturedWindow.to),
      earlier: within(labelled, baselineTo, maturedWindow.from),
    },
    outcomesExpected: 2800,
  };
}
