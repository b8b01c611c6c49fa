/**
 * What the inputs of the judged rows say of why performance dropped.
 *
 * - `concept`: no input moved, so the outcomes changed given the inputs
 * - `both`: inputs moved too, and whether the outcomes changed given them cannot be told apart
 * - `unknown`: whether inputs moved could not be judged
 */
export interface Cause {
  readonly kind: 'concept' | 'both' | 'unknown';
  /** Inputs that were compared with the baseline, each by itself. */
  readonly inputs: number;
  readonly moved: readonly string[];
  /** Inputs of which it cannot be said: too few rows or days, or moved far enough but perhaps by chance. */
  readonly unclear: readonly string[];
  readonly says: string;
}
