import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../identity/names.ts';
import type { Outcome } from '../identity/outcome.ts';

/** What the gates said of a candidate. */
export interface Verdict extends Artefact<'verdict', 1> {
  readonly model: ModelName;
  readonly decision: DecisionId;
  readonly asOf: EventTime;
  readonly policy: Digest;
  readonly candidate: Version;
  readonly champion?: Version;
  /** `fail` when any gate fails, else `inconclusive` when any is, else `pass`. */
  readonly outcome: Outcome;
  readonly gates: readonly GateResult[];
  readonly rows: number;
}

export interface GateResult {
  readonly gate: string;
  readonly metric: string;
  readonly outcome: Outcome;
  readonly candidate?: number;
  readonly champion?: number;
  /** Of candidate minus champion, signed so that above zero is worse. */
  readonly difference?: number;
  readonly interval?: readonly [number, number];
  readonly threshold?: number;
  readonly rows: number;
  readonly missing?: string;
  readonly policyPath: string;
  readonly says: string;
}
