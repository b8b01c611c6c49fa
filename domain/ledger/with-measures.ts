import type { Measure } from '../policy/measure.ts';
import type { OutcomeCounts } from './entry.ts';
import { type MeasuredValues, MeasureSum } from './measure-sum.ts';
import type { Answer, OutcomeSum } from './outcome-sum.ts';

/** @returns a maker of sums that add up the measures of the same rows beside */
export function withMeasures(make: () => OutcomeSum, measures: readonly Measure[]): () => OutcomeSum {
  return measures.length === 0 ? make : () => new SumWithMeasures(make(), measures);
}

class SumWithMeasures implements OutcomeSum {
  readonly #outcomes: OutcomeSum;
  readonly #measures: ReadonlyMap<string, MeasureSum>;

  constructor(outcomes: OutcomeSum, measures: readonly Measure[]) {
    this.#outcomes = outcomes;
    this.#measures = new Map(measures.map((measure) => [measure.name, new MeasureSum(measure)]));
  }

  add(prediction: Answer, label: Answer, sign: 1 | -1, score?: number, measured?: MeasuredValues): void {
    this.#outcomes.add(prediction, label, sign, score, measured);
    if (measured !== undefined) for (const sum of this.#measures.values()) sum.add(measured, sign);
  }

  counts(): OutcomeCounts {
    return { ...this.#outcomes.counts(), measures: Object.fromEntries([...this.#measures].map(([name, sum]) => [name, sum.counts()])) };
  }
}
