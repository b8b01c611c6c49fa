import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, ModelName } from '../identity/names.ts';

/** The rows one retraining learns from and is judged on, dealt out by whole days. */
export interface PreparedData extends Artefact<'prepared-data', 1> {
  readonly model: ModelName;
  readonly decision: DecisionId;
  readonly asOf: EventTime;
  /** Absolute paths of Parquet files; rows in the order of time, then id. */
  readonly files: PartNames<string>;
  /** sha256 of each file's bytes: 64 hex digits. */
  readonly contents: PartNames<string>;
  readonly rows: PartNames<number>;
  /** Newest rows of production without a label yet, with the same columns but label and weight; absent where there are none. */
  readonly unlabelled?: { readonly file: string; readonly content: string; readonly rows: number };
  readonly columns: {
    readonly id: string;
    readonly time: string;
    readonly label: string;
    readonly weight: string;
    readonly features: readonly string[];
    /** Of a ranking: columns that name an item's query. */
    readonly query?: readonly string[];
  };
  /** Event times of the rows: [from, to). */
  readonly window: { readonly from: EventTime; readonly to: EventTime };
}

interface PartNames<T> {
  readonly train: T;
  readonly validation: T;
  readonly test: T;
}
