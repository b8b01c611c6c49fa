import type { ModelName } from '../identity/names.ts';
import type { Severity } from '../identity/outcome.ts';
import type { SecretName } from '../policy/policy.ts';

export interface Notification {
  /** Two notifications of one key are one notification. */
  readonly key: string;
  readonly model: ModelName;
  readonly severity: Severity;
  readonly text: string;
}

/** Tells people. */
export interface Notifier {
  /** @throws when the receiver did not take it; the caller tries again later */
  send(to: SecretName, notification: Notification): Promise<void>;
}
