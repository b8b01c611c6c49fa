import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { ModelName, Version } from '../identity/names.ts';
import type { Answer } from './outcome-sum.ts';

/**
 * The predictions of a check's matured window that turned out most wrong, worst first. They name single rows, so they are kept apart from
 * all other artefacts, and a report tells only where.
 */
export interface WorstRows extends Artefact<'worst-rows', 1> {
  readonly model: ModelName;
  readonly version: Version;
  readonly asOf: EventTime;
  readonly window: { readonly from: EventTime; readonly to: EventTime };
  /** Columns that an id is made of. */
  readonly idColumns: readonly string[];
  readonly by: RowLoss;
  readonly rows: readonly WorstRow[];
}

/**
 * How wrong a single prediction was. absoluteError: |prediction - outcome| · logLoss: in nats, where every score of the window is a
 * probability · wrongAnswer: 1 where the answer is another class than the outcome.
 */
export type RowLoss = 'absoluteError' | 'logLoss' | 'wrongAnswer';

export interface WorstRow {
  /** As the user gave it: one text for each column. */
  readonly id: readonly string[];
  /** As of a partition. */
  readonly day: string;
  readonly prediction: Answer;
  readonly outcome: Answer;
  /** No outcome came in time, and the policy says what that means. */
  readonly presumed?: true;
  /** Of the positive class. */
  readonly score?: number;
  readonly loss: number;
}
