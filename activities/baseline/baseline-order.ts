import type { BaselineOverride } from '../../domain/baseline/baseline.ts';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../../domain/identity/names.ts';
import type { Outcome } from '../../domain/identity/outcome.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { TimeSpan } from '../../domain/report/assessment-input.ts';

export interface BaselineOrder {
  readonly model: ModelName;
  readonly policy: AppliedPolicy;
  readonly version?: Version;
  readonly asOf: EventTime;
  /** Digest of the version's scored rows; absent: production's own first days are the baseline. */
  readonly heldOut?: Digest;
  /** Nothing of production before it is meant. */
  readonly since?: EventTime;
  /** Takes the first days of production whether they are steady or not. */
  readonly anyway?: BaselineOverride;
}

export interface BaselineAnswer {
  /** `fail`: no stretch of production was steady. */
  readonly outcome: Outcome;
  readonly baseline?: Digest;
  readonly grid?: Digest;
  /** The stretch of days that was refused first. */
  readonly refused?: TimeSpan;
  readonly says: string;
}
