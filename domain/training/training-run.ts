import type { Artefact } from '../identity/artefact.ts';
import type { DecisionId, Digest, EffectKey, ModelName } from '../identity/names.ts';

/** A training program that ended well: what it was given, and what it left in MLflow. */
export interface TrainingRun extends Artefact<'training-run', 1> {
  readonly model: ModelName;
  readonly decision: DecisionId;
  readonly key: EffectKey;
  readonly policy: Digest;
  readonly prepared: Digest;
  /** MLflow run that carries the key as a tag. */
  readonly runId: string;
  /** `models:/m-…` or `runs:/…/…`, as the program wrote it. */
  readonly modelUri: string;
  /** The program's own figures: shown, never judged by. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Wall time from start to end. */
  readonly seconds: number;
}
