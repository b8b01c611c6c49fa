import type { RetrainRequest } from '../decision/retrain-request.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, EffectKey, Version } from '../identity/names.ts';
import type { Severity } from '../identity/outcome.ts';
import type { CandidateStatus } from '../registry/candidate-status.ts';
import type { BaselineWish } from './baseline-wish.ts';

/** What the entity asks the outside to do, once per key. It stays in the outbox until it is acknowledged. */
export type LifecycleEffect = { readonly key: EffectKey } & (
  | {
      readonly kind: 'ask-decision';
      readonly reports: readonly Digest[];
      readonly asOf: EventTime;
      /** The newest report alarms: people hear of it, whatever is decided. */
      readonly alarm?: true;
      readonly request?: RetrainRequest;
    }
  | {
      readonly kind: 'start-retrain';
      readonly by: DecisionId;
      readonly asOf: EventTime;
      readonly strategy: 'full';
      readonly because: string;
    }
  | { readonly kind: 'start-roll-out'; readonly by: DecisionId; readonly asOf: EventTime; readonly candidate: Version }
  | {
      readonly kind: 'start-roll-back';
      readonly by: DecisionId;
      readonly because: string;
      readonly who: string;
      readonly from?: Version;
      readonly to?: Version;
    }
  | ({ readonly kind: 'start-baseline' } & BaselineWish)
  | { readonly kind: 'close-candidate'; readonly candidate: Version; readonly status: CandidateStatus; readonly reason: string }
  | { readonly kind: 'cancel'; readonly child: 'retrain' | 'rollout' }
  | { readonly kind: 'audit'; readonly what: string; readonly evidence?: Digest; readonly asOf?: EventTime; readonly says: string }
  | { readonly kind: 'notify'; readonly severity: Severity; readonly says: string }
);
