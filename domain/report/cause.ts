/**
 * What the inputs of the judged rows say of why performance dropped.
 *
 * - `concept`: neither inputs nor predictions moved, so the outcomes changed given the inputs
 * - `predictions`: predictions moved and no input did, so that the model answers the same inputs otherwise, or reads what is not watched
 * - `both`: inputs moved too, and whether the outcomes changed given them cannot be told apart
 * - `unknown`: whether inputs moved could not be judged
 */
export interface Cause {
  readonly kind: 'concept' | 'predictions' | 'both' | 'unknown';
  /** Inputs that were compared with the baseline, each by itself. */
  readonly inputs: number;
  /** Inputs, or, where none did, predictions. */
  readonly moved: readonly string[];
  /** Inputs of which it cannot be said: too few rows or days, or moved far enough but perhaps by chance. */
  readonly unclear: readonly string[];
  readonly says: string;
}
