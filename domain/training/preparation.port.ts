import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, ModelName } from '../identity/names.ts';
import type { SegmentRows } from '../ledger/counting.port.ts';
import type { Answer } from '../ledger/outcome-sum.ts';
import type { HistorySource } from '../policy/policy.ts';
import type { PartName } from './deal-day.ts';
import type { PreparedData } from './prepared-data.ts';

export interface PreparationOrder {
  readonly model: ModelName;
  readonly decision: DecisionId;
  /** Event times of the rows: [from, to). */
  readonly window: { readonly from: EventTime; readonly to: EventTime };
  /** Labelled rows from before the model was watched. */
  readonly history?: Pick<HistorySource, 'id' | 'time' | 'label'> & { readonly files: readonly string[] };
  /** Segments known by now, in the order of looks. */
  readonly predictions: readonly SegmentRows[];
  readonly outcomes: readonly SegmentRows[];
  /** Where a prediction without an outcome has a label: which, and the event time before which labels have matured; later rows have none. */
  readonly absent?: { readonly means: Answer; readonly maturedTo: EventTime };
  /** Event times [from, to) of whole days, of which those without any labelled row are kept as well; the newest of them, as many as hold so many rows. */
  readonly unlabelled: { readonly from: EventTime; readonly to: EventTime; readonly mostRows: number };
  readonly ignored: readonly string[];
  /** Columns that are kept as text beside the features; what names an item's query. */
  readonly query?: readonly string[];
  readonly split: Readonly<Record<PartName, number>>;
}

export type Preparing =
  | { readonly outcome: 'pass'; readonly data: Pick<PreparedData, 'files' | 'contents' | 'rows' | 'unlabelled' | 'columns'> }
  /** The rows cannot be put together as they are: what is wrong, where, and what to do. */
  | { readonly outcome: 'fail'; readonly says: string };

/** Puts together the labelled rows of a retraining: once per decision, the same however often it is asked. */
export interface Preparation {
  prepare(order: PreparationOrder): Promise<Preparing>;
}
