/** What of a task a metric of scored rows needs. */
export interface GatedTask {
  /** Name of the class that scores, precision, recall and F1 are of, see `className`. */
  readonly positive?: string;
  /** How many places from the top nDCG looks at. */
  readonly at?: number;
}
