/** Every judgement has three ends. Too little data is `inconclusive`, never `pass`. */
export type Outcome = 'pass' | 'fail' | 'inconclusive';

export type Severity = 'green' | 'yellow' | 'red';

export type Priority = 'P0' | 'P1' | 'P2' | 'P3';

/** How urgent what failed is, P0 the most, and how soon people should answer it. */
export interface Urgency {
  readonly priority: Priority;
  readonly answerWithinHours: number;
}
