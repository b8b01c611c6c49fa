import type { Artefact } from '../identity/artefact.ts';
import type { ModelName, Version } from '../identity/names.ts';

/**
 * Rows one version was asked to predict by us, with their labels: what gates compare. A provisional baseline is taken of them and of the
 * shadow scores: what it answers to the newest rows of production while another version serves them.
 */
export interface ScoredRows extends Artefact<'scored-rows', 1> {
  readonly model: ModelName;
  readonly version: Version;
  /** Absolute path of a Parquet file: the features, id, time, what names its query, `version`, the label and the prediction of each row. */
  readonly path: string;
  /** Rows in the file: those that were answered. */
  readonly rows: number;
  /** Rows that got no usable answer: refused, not a number, or fewer answers than rows. */
  readonly failures: number;
  /** A file of the same columns without the label. */
  readonly shadow?: { readonly path: string; readonly rows: number };
  readonly columns: {
    readonly id: string;
    readonly time: string;
    readonly label: string;
    readonly prediction: string;
    readonly features: readonly string[];
    /** Of a ranking: columns that name an item's query. */
    readonly query?: readonly string[];
  };
}
