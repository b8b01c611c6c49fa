import type { EventTime } from '../identity/event-time.ts';
import type { EffectKey, ModelName, Version } from '../identity/names.ts';
import type { Task } from '../policy/policy.ts';

/** What a training program is given, as JSON in the file named by `ANCHORWATCH_MANIFEST`: the training contract, version 1. */
export interface Manifest {
  readonly contract: 1;
  readonly key: EffectKey;
  readonly model: ModelName;
  readonly task: Task['kind'];
  readonly strategy: 'full';
  readonly asOf: EventTime;
  /** Parquet files with the feature columns, the label, `weight` and, under their own names, id and time. */
  readonly data: { readonly train: string; readonly validation: string; readonly test: string };
  readonly columns: {
    readonly id: string;
    readonly time: string;
    readonly label: string;
    readonly weight: string;
    readonly features: readonly string[];
    /** Of a ranking: columns that name an item's query; they are no features. */
    readonly query?: readonly string[];
  };
  readonly parentVersion?: Version;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly timeLimitSeconds: number;
  /** Where a {@link TrainingResult} must be written, as JSON. */
  readonly resultPath: string;
  readonly mlflow: { readonly trackingUri: string; readonly runId: string };
}

/** What the program writes when it is done. */
export interface TrainingResult {
  /** `models:/m-…` or `runs:/<run>/<path>`: where MLflow has the model. */
  readonly modelUri: string;
  /** Finite numbers by name. */
  readonly metrics: Readonly<Record<string, number>>;
}
