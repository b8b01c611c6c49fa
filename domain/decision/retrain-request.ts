/** A retraining a person asks for. An emergency is not throttled, but gated like any other. */
export interface RetrainRequest {
  readonly emergency: boolean;
  readonly who: string;
  readonly reason: string;
}
