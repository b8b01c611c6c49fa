import { cellFinder } from '../../../domain/grid/cell-finder.ts';
import { coarseColumn } from '../../../domain/grid/coarse-column.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { CategoricalSum } from '../../../domain/ledger/categorical-sum.ts';
import { columnSums } from '../../../domain/ledger/column-sum.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { ErrorSum } from '../../../domain/ledger/error-sum.ts';
import type { NumericSum } from '../../../domain/ledger/numeric-sum.ts';
import { outcomeSums } from '../../../domain/ledger/sum-outcomes.ts';
import type { MetricName } from '../../../domain/policy/policy.ts';
import type { AssessmentInput } from '../../../domain/report/assessment-input.ts';
import { seededRandom } from '../../../domain/statistics/seeded-random.ts';
import { version } from '../../report/watched-model.ts';
import { checkDelayed, dayNumber } from './delayed-check.ts';

/** What a day is like. */
export interface ClassDay {
  /** Share of rows whose scores are anything at all; of all others one score is near 1. */
  readonly hard?: number;
  /** Share of rows whose class is drawn from anything but their scores. */
  readonly turned?: number;
  /** Shares of the class that easy rows are of. */
  readonly mix?: readonly number[];
  readonly rows?: number;
}

export const classNames = ['basic', 'churned', 'pro'];
const fine = Array.from({ length: 401 }, (_, index) => index / 400);
const scoreColumns = classNames.map((name) => `p_${name}`);
const prediction = { name: 'said', role: 'prediction', kind: 'categorical', values: classNames } as const;

export const classGrid = cutGrid(
  'plans' as ModelName,
  [...scoreColumns.map((name) => ({ name, role: 'feature', kind: 'numeric', values: fine }) as const), prediction],
  [],
  { scores: Object.fromEntries(classNames.map((name, place) => [name, scoreColumns[place] as string])) },
);
/** The same predictions, of whose scores nothing is known. */
export const answerGrid = cutGrid('plans' as ModelName, [prediction]);

/** Days of customers of three plans; a score is the chance of its class, and the largest is predicted. `pro` is the one that is answered worst. */
export function classDays(seed: number, days: number, like: (day: number) => ClassDay = () => ({}), grid = classGrid): Partition[] {
  const random = seededRandom(seed);
  const pick = (shares: readonly number[]) => {
    let left = random() * shares.reduce((sum, share) => sum + share, 0);
    const at = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return at < 0 ? shares.length - 1 : at;
  };
  const finders = grid.columns.map((column) => {
    const coarse = coarseColumn(column);
    return coarse.kind === 'numeric' ? cellFinder(coarse.edges) : undefined;
  });
  return Array.from({ length: days }, (_, day) => {
    const { hard = 0.3, turned = 0, mix = [0.5, 0.2, 0.3], rows = 400 } = like(day);
    const errors = new ErrorSum(grid);
    const outcomes = outcomeSums(grid, 'categorical')();
    const sums = grid.columns.map((column) => columnSums(column)());
    const wander = 0.06 * (random() - 0.5);
    for (let row = 0; row < rows; row += 1) {
      const scores = scoresOf(random() < hard + wander ? undefined : pick(mix), random);
      const said = scores.indexOf(Math.max(...scores));
      const label = classNames[random() < turned ? pick([1, 1, 1]) : pick(scores)] as string;
      const scoreIn = (name: string) => scores[scoreColumns.indexOf(name)];
      outcomes.add(classNames[said] as string, label, 1, undefined, ({ column }) => scoreIn(column));
      const cells = grid.columns.map(({ name }, index) => finders[index]?.(scoreIn(name) as number) ?? said);
      errors.add(Uint8Array.from(cells), 0, classNames[said] as string, label, 1);
      for (const [index, { name, kind }] of grid.columns.entries()) {
        if (kind === 'numeric') (sums[index] as NumericSum).add(scoreIn(name) as number);
        else (sums[index] as CategoricalSum).add(classNames[said] as string);
      }
    }
    const columns = Object.fromEntries(grid.columns.map(({ name }, index) => [name, sums[index]?.counts()]));
    return { day: dayNumber(day), version, rows, columns, outcomes: outcomes.counts(), errors: errors.counts() } as Partition;
  });
}

/** Of an easy row one is near 1; of a hard one they are anything that adds up to 1. */
function scoresOf(easy: number | undefined, random: () => number): number[] {
  if (easy !== undefined) {
    const rest = (easy === 2 ? 0.2 : 0.08) * random();
    const part = random();
    const others = [rest * part, rest * (1 - part)];
    return classNames.map((_, place) => (place === easy ? 1 - rest : (others.pop() as number)));
  }
  const weights = classNames.map(() => -Math.log(1 - random()));
  const sum = weights.reduce((so, weight) => so + weight, 0);
  return weights.map((weight) => weight / sum);
}

export function checkClasses(days: readonly Partition[], metric: MetricName = 'accuracy', drop = 0.05, grid = classGrid): AssessmentInput {
  const score = Object.fromEntries(classNames.map((name, place) => [name, scoreColumns[place] as string]));
  const files = { from: 'files', glob: '*', id: ['id'], time: 't', prediction: 'said' } as const;
  const predictions = grid === classGrid ? { ...files, score } : files;
  return checkDelayed(grid, { task: { kind: 'classification' }, predictions, metric, drop }, days);
}
