import type { ModelName, Version } from '../identity/names.ts';

export interface Served {
  readonly key: string;
  readonly model: ModelName;
  readonly version: Version;
  /** POST here, MLflow scoring protocol: `{"dataframe_split": {…}}` → `{"predictions": […]}`. */
  readonly url: string;
  readonly healthy: boolean;
}

/** Endpoints of model versions. A version has at most one endpoint, known by `<model>/<version>`. */
export interface Serving {
  /** Returns when it answers; one that is already there is adopted. */
  ensure(model: ModelName, version: Version): Promise<Served>;
  /** Harmless when there is nothing to stop. */
  stop(model: ModelName, version: Version): Promise<void>;
  list(): Promise<readonly Served[]>;
}
