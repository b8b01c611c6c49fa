/**
 * What outcomes say of drift that was found where performance did not drop.
 *
 * - `better`: the metric of rows that moved is better than the anchor, all of its 95% interval is
 * - `steady`: it is not worse by its limit, all of its interval is not
 * - `unknown`: no outcomes of rows that moved are known, too few, or it may be worse by its limit
 */
export interface Consequence {
  readonly kind: 'better' | 'steady' | 'unknown';
  /** Columns that moved in the rows whose outcomes were looked at; where these did not, those that moved in the newest. */
  readonly moved: readonly string[];
  readonly says: string;
}
