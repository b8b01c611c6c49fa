import type { Action } from '../decision/decision.ts';
import type { RetrainRequest } from '../decision/retrain-request.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, EffectKey, Version } from '../identity/names.ts';
import type { ChildName } from '../identity/workflow-ids.ts';
import type { AppliedPolicy } from '../policy/applied-policy.ts';
import type { RollBackReport, RollOutReport } from '../rollout/rollout.ts';
import type { RetrainReport } from '../training/retrain.ts';
import type { AlarmAnswer } from './alarm.ts';

/** What may happen to a model. Senders choose the id; an id that was seen before is no event. */
export type LifecycleEvent = { readonly eventId: string } & (
  | {
      readonly kind: 'policy-applied';
      readonly policy: AppliedPolicy;
      readonly who: string;
      /** Absent in a replay whose clock does not run yet. */
      readonly asOf?: EventTime;
    }
  | {
      readonly kind: 'baseline-taken';
      readonly baseline: Digest;
      readonly version?: Version;
      /** It stands for that one alone: the same days, counted anew. */
      readonly replaces?: Digest;
      readonly says: string;
    }
  | { readonly kind: 'baseline-refused'; readonly version?: Version; readonly asOf: EventTime; readonly says: string }
  | {
      readonly kind: 'reported';
      readonly report: Digest;
      readonly asOf: EventTime;
      readonly alarm: boolean;
      /** No alarm, and no all-clear either. This and the rest are absent in what builds told that did not know it. */
      readonly inconclusive?: true;
      /** Of an alarm, as `layer/subject`. */
      readonly subjects?: readonly string[];
      /** That was looked at; absent where nothing of ours serves. */
      readonly version?: Version;
    }
  | {
      readonly kind: 'decided';
      readonly decision: DecisionId;
      readonly digest: Digest;
      readonly action: Action;
      readonly asOf: EventTime;
      readonly stateRevision: number;
      readonly because: string;
      readonly source: 'report' | 'schedule' | 'operator' | 'emergency';
      readonly alarm?: true;
      readonly request?: RetrainRequest;
    }
  | { readonly kind: 'gated'; readonly report: RetrainReport; readonly nowWallMilliseconds: number }
  | {
      readonly kind: 'answered';
      readonly evidence: Digest;
      readonly answer: 'approve' | 'reject';
      readonly who: string;
      readonly why: string;
    }
  | { readonly kind: 'approval-expired'; readonly evidence: Digest }
  | { readonly kind: 'rolled-out'; readonly report: RollOutReport }
  | { readonly kind: 'rolled-back'; readonly report: RollBackReport }
  | { readonly kind: 'child-ended'; readonly child: ChildName; readonly by: DecisionId; readonly status: string }
  | { readonly kind: 'effect-failed'; readonly effect: EffectKey; readonly what: string; readonly code: string; readonly says: string }
  | { readonly kind: 'requested'; readonly request: RetrainRequest; readonly asOf: EventTime }
  | { readonly kind: 'decision-accepted'; readonly decision: DecisionId; readonly who: string; readonly asOf: EventTime }
  | {
      readonly kind: 'rollback-requested';
      readonly decision: DecisionId;
      readonly who: string;
      readonly reason: string;
      readonly asOf: EventTime;
    }
  | {
      readonly kind: 'acknowledged';
      readonly report: Digest;
      readonly answer: AlarmAnswer;
      /** What the report alarmed about, as `layer/subject`. */
      readonly subjects: readonly string[];
      readonly who: string;
      readonly note?: string;
    }
  | { readonly kind: 'paused'; readonly who: string; readonly reason: string }
  | { readonly kind: 'resumed'; readonly who: string }
  | { readonly kind: 'retired'; readonly who: string; readonly reason: string }
);
