import type { ClassScore } from '../grid/grid.ts';
import type { OutcomeCounts } from './entry.ts';
import type { MeasuredValues } from './measure-sum.ts';
import type { Answer, OutcomeSum } from './outcome-sum.ts';
import { type ScoreSum, scoreSums } from './score-sum.ts';

/** @returns a maker of sums that count, beside the same rows, the score of each class against whether it was the outcome */
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

  constructor(outcomes: OutcomeSum, classes: readonly Scored[]) {
    this.#outcomes = outcomes;
    this.#classes = classes;
  }

  add(prediction: Answer, label: Answer, sign: 1 | -1, score?: number, measured?: MeasuredValues): void {
    this.#outcomes.add(prediction, label, sign, score, measured);
    for (const { column, sum } of this.#classes) {
      const value = measured?.({ in: 'predictions', column });
      if (value !== undefined) sum.add(value, String(label), sign);
    }
  }

  counts(): OutcomeCounts {
    return { ...this.#outcomes.counts(), classScores: Object.fromEntries(this.#classes.map(({ name, sum }) => [name, sum.counts()])) };
  }
}
