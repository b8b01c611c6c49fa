import { withExplainedPredictions } from '../drift/explained-predictions.ts';
import { assessOutcomes } from '../performance/assess-outcomes.ts';
import type { ErrorPatterns } from '../performance/errors/error-patterns.ts';
import { measureErrors } from '../performance/errors/measure-errors.ts';
import { assessCause } from '../report/assess-cause.ts';
import { assessConsequence } from '../report/assess-consequence.ts';
import type { Cause } from '../report/cause.ts';
import type { Consequence } from '../report/consequence.ts';
import type { Judgement } from '../report/report.ts';
import type { TableOutcomes } from './outcome-input.ts';

export interface JudgedOutcomes {
  readonly performance: readonly Judgement[];
  /** The drift that was handed in, with how much each input explains of the predictions. */
  readonly drift: readonly Judgement[];
  readonly cause?: Cause;
  readonly consequence?: Consequence;
  readonly errors?: ErrorPatterns;
}

/**
 * Performance of one table against another, and what it says of the drift that was found, by the functions that judge a maintained model.
 *
 * @param level what an adjusted p-value must not exceed in a layer
 */
export function judgeOutcomes({ input, young }: TableOutcomes, drift: readonly Judgement[], level: number): JudgedOutcomes {
  const performance = assessOutcomes({ ...input, windowDays: { ...input.windowDays, inputs: young } }, level);
  const [cause, consequence] = [assessCause(input, performance, level), assessConsequence(input, [...performance, ...drift], level)];
  const errors = measureErrors(input);
  return {
    performance,
    drift: withExplainedPredictions(drift, input),
    ...(cause && { cause }),
    ...(consequence && { consequence }),
    ...(errors && { errors }),
  };
}
