/** A value of a row as JSON carries it. */
export type Cell = string | number | boolean | null;

export type Prediction = Exclude<Cell, null>;

/** A predicted class and the positive class's score it was told from, such as its probability. */
export interface ScoredPrediction {
  readonly prediction: Prediction;
  readonly score: number;
}

/** What a version answers for one row. */
export type Answer = Prediction | ScoredPrediction;

/** Asks an endpoint for predictions of many rows at once. */
export interface Scorer {
  /**
   * Predictions in the order of the rows, with a score where the model answers one; what is no plain value or not finite is `undefined`.
   * `refused` is the model's own no to these rows.
   *
   * @throws when the endpoint does not answer at all: asking again later may help
   */
  score(url: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<ScorerAnswer>;
}

export type ScorerAnswer =
  | { readonly outcome: 'answered'; readonly predictions: readonly (Answer | undefined)[] }
  | { readonly outcome: 'refused'; readonly says: string };
