import type { Distribution } from '../drift/distribution.ts';
import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { Digest, ModelName, Version } from '../identity/names.ts';
import type { Outcome, Severity, Urgency } from '../identity/outcome.ts';
import type { WorstRowsReference } from '../ledger/worst-rows-reference.ts';
import type { ErrorPatterns } from '../performance/errors/error-patterns.ts';
import type { ProxyRecord } from '../performance/estimate/proxy-record.ts';
import type { Cause } from './cause.ts';
import type { Consequence } from './consequence.ts';
import type { UnreadFiles } from './unread-files.ts';

/** What one check found, with everything needed to see why. */
export interface Report extends Artefact<'report', 1> {
  readonly model: ModelName;
  readonly version: Version;
  readonly asOf: EventTime;
  readonly window: { readonly from: EventTime; readonly to: EventTime; readonly rows: number };
  /** Where performance is watched: the predictions it is judged on, of the version alone. */
  readonly matured?: { readonly from: EventTime; readonly to: EventTime; readonly rows: number };
  readonly policy: Digest;
  readonly baseline?: Digest;
  /** The baseline is of held-out rows, until the version has days of its own. */
  readonly provisional?: true;
  /** Of the sorted list of the entries that were summed. */
  readonly entries: Digest;
  readonly blocks: { readonly unit: 'window' | 'day' | 'none'; readonly count: number };
  /** Chance of a false alarm this look was allowed. */
  readonly falseAlarmLevel: number;
  readonly outcome: Outcome;
  readonly severity: Severity;
  /** Of the most urgent of what failed; absent where nothing did. */
  readonly urgency?: Urgency;
  /** Where performance dropped: whether the inputs of the same rows moved. */
  readonly cause?: Cause;
  /** Where inputs or predictions moved and performance did not drop: what outcomes say of it. */
  readonly consequence?: Consequence;
  /** Where the errors of the matured window lie that the baseline did not have; absent where none were counted by cell. */
  readonly errors?: ErrorPatterns;
  /** Where the matured window's rows are that turned out most wrong: they name single rows, so they are kept apart. */
  readonly worst?: WorstRowsReference;
  /** Where labels wait: what could be seen of earlier windows before their outcomes were known, and what these then showed. */
  readonly proxies?: ProxyRecord;
  /** Two lines for people: the verdict, with its cause where performance dropped and with what drift did where it did not, then what moved. */
  readonly says: readonly [string, string];
  readonly signals: readonly Signal[];
  /** Columns that the policy leaves out. */
  readonly ignored: readonly string[];
  readonly anomalies: Readonly<Record<string, number>>;
  /** Files the look came upon and could read nothing of; absent: there were none. */
  readonly unread?: readonly UnreadFiles[];
}

export type Layer = 'quality' | 'performance' | 'inputs' | 'predictions';

/** What a p-value rests on: blocks as long as the window, single days, or rows taken as independent of each other. */
export type PValueKind = 'blocks' | 'days' | 'independentRows';

/** One thing measured and judged against its policy line. */
export interface Judgement {
  readonly layer: Layer;
  /** The column or metric. */
  readonly subject: string;
  /** Set where it is judged in the rows of this slice alone. */
  readonly segment?: string;
  readonly statistic: string;
  readonly outcome: Outcome;
  /** What is judged; `reference` and `threshold` are in the same unit, so the alarm starts at the threshold. */
  readonly value?: number;
  readonly reference?: number;
  readonly interval?: readonly [number, number];
  readonly threshold?: number;
  readonly pValue?: number;
  readonly pValueKind?: PValueKind;
  readonly adjustedPValue?: number;
  /** Of a column: its effect in earlier windows against the same baseline, the oldest first, and in this one. */
  readonly history?: readonly number[];
  /** Of a column that could be measured. */
  readonly distribution?: Distribution;
  /** Everything else that was measured of the subject, by its name. */
  readonly statistics: Readonly<Record<string, number>>;
  /** It passed, and is worse than two thirds of its limit by more than chance explains. */
  readonly slipping?: true;
  /** What is lacking when the outcome is `inconclusive`. */
  readonly missing?: string;
  readonly critical: boolean;
  /** JSON pointer into the policy, such as `/performance/drop`. */
  readonly policyPath: string;
  /** For people: the signal in one line, with numbers and units. */
  readonly says: string;
}

/** A judgement, and how grave it is by the policy's table. */
export interface Signal extends Judgement {
  readonly severity: Severity;
  /** Where it failed. */
  readonly urgency?: Urgency;
}
