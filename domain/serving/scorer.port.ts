/** A value of a row as JSON carries it. */
export type Cell = string | number | boolean | null;

export type Prediction = Exclude<Cell, null>;

/** Asks an endpoint for predictions of many rows at once. */
export interface Scorer {
  /**
   * Predictions in the order of the rows; one that is no plain value or not finite is `undefined`. `refused` is the model's own
   * no to these rows.
   *
   * @throws when the endpoint does not answer at all: asking again later may help
   */
  score(url: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<ScorerAnswer>;
}

export type ScorerAnswer =
  | { readonly outcome: 'answered'; readonly predictions: readonly (Prediction | undefined)[] }
  | { readonly outcome: 'refused'; readonly says: string };
