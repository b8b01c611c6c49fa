/** Every judgement has three ends. Too little data is `inconclusive`, never `pass`. */
export type Outcome = 'pass' | 'fail' | 'inconclusive';

export type Severity = 'green' | 'yellow' | 'red';
