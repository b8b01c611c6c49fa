import type { ClassScore } from '../grid/grid.ts';
import { ClassLossSum } from './class-loss-sum.ts';
import type { OutcomeCounts } from './entry.ts';
import type { MeasuredValues } from './measure-sum.ts';
import type { Answer, OutcomeSum } from './outcome-sum.ts';
import { type ScoreSum, scoreSums } from './score-sum.ts';

/** @returns a maker of sums that count, beside the same rows, the score of each class against whether it was the outcome, and all together */
export function withClassScores(make: () => OutcomeSum, classes: readonly ClassScore[]): () => OutcomeSum {
  if (classes.length === 0) return make;
  const makers = classes.map(({ name, column, edges }) => ({ name, column, make: scoreSums({ positive: name, edges }) }));
  return () =>
    new SumWithClassScores(
      make(),
      makers.map(({ name, column, make: makeScores }) => ({ name, column, sum: makeScores() })),
    );
}

interface Scored {
  readonly name: string;
  readonly column: string;
  readonly sum: ScoreSum;
}

class SumWithClassScores implements OutcomeSum {
  readonly #outcomes: OutcomeSum;
  readonly #classes: readonly Scored[];
  readonly #losses: ClassLossSum;

  constructor(outcomes: OutcomeSum, classes: readonly Scored[]) {
    this.#outcomes = outcomes;
    this.#classes = classes;
    this.#losses = new ClassLossSum(classes.map(({ name }) => name));
  }

  add(prediction: Answer, label: Answer, sign: 1 | -1, score?: number, measured?: MeasuredValues): void {
    this.#outcomes.add(prediction, label, sign, score, measured);
    const scores = this.#classes.map(({ column }) => measured?.({ in: 'predictions', column }));
    for (const [place, { sum }] of this.#classes.entries()) {
      const value = scores[place];
      if (value !== undefined) sum.add(value, String(label), sign);
    }
    this.#losses.add(scores, String(label), sign);
  }

  counts(): OutcomeCounts {
    return {
      ...this.#outcomes.counts(),
      classScores: Object.fromEntries(this.#classes.map(({ name, sum }) => [name, sum.counts()])),
      classLosses: this.#losses.counts(),
    };
  }
}
