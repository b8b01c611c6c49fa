/**
 * What outcomes say of drift that was found where performance did not drop.
 *
 * - `better`: the metric of rows that moved is better than the anchor, by more than chance
 * - `steady`: it is no worse than its limit and chance allow
 * - `unknown`: no outcomes of rows that moved are known, too few, or it is worse and perhaps by chance
 */
export interface Consequence {
  readonly kind: 'better' | 'steady' | 'unknown';
  /** Columns that moved in the rows whose outcomes were looked at; where these did not, those that moved in the newest. */
  readonly moved: readonly string[];
  readonly says: string;
}
