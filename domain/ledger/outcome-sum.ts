import type { OutcomeCounts } from './entry.ts';
import type { MeasuredValues } from './measure-sum.ts';

/** A prediction or a label: a number where a quantity is predicted, the name of a class elsewhere. */
export type Answer = number | string;

/**
 * Adds up how predictions compare with what turned out to be true. What is kept of a row is whole numbers only, so parts add up
 * exactly.
 */
export interface OutcomeSum {
  /**
   * @param sign  1 for an outcome that is new, -1 for one that is taken back because it was corrected
   * @param score of the class that is scored, where the prediction carries one
   * @param measured the row's numbers in the columns that measures are made of
   */
  add(prediction: Answer, label: Answer, sign: 1 | -1, score?: number, measured?: MeasuredValues): void;
  counts(): OutcomeCounts;
}
