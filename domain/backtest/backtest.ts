import type { Action } from '../decision/decision.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { Digest, ModelName, Version } from '../identity/names.ts';
import type { Outcome } from '../identity/outcome.ts';
import type { MetricName, Policy } from '../policy/policy.ts';
import type { TimeSpan } from '../report/assessment-input.ts';

/** What a policy would have said of a model's own past, held against what the labels said in the end. */
export interface Backtest {
  readonly model: ModelName;
  /** `fails`: it missed a degradation, or alarmed falsely more often than its budget allows. `inconclusive`: no labels can tell. */
  readonly verdict: 'holds' | 'fails' | 'inconclusive';
  /** For people: the verdict in sentences, the most important one first. */
  readonly says: readonly string[];
  readonly metric: MetricName;
  readonly drop: Policy['performance']['drop'];
  readonly budget: Policy['watch']['falseAlarms'];
  readonly baseline: {
    readonly digest: Digest;
    readonly from: EventTime;
    readonly to: EventTime;
    readonly takenAt: EventTime;
    readonly says: string;
  };
  readonly windowDays: number;
  readonly maturesAfterDays: number;
  readonly lookEveryDays: number;
  readonly looks: readonly Look[];
  /** For each look its window, with every label that came in the end. Empty without outcomes. */
  readonly hindsight: readonly HindsightWindow[];
  readonly degradations: readonly Degradation[];
  /** The same of each slice that was alarmed about, by its own rows and its own limit. */
  readonly segments: Readonly<Record<string, Hindsight>>;
  /** Ours first. */
  readonly rules: readonly JudgedRule[];
  readonly notes: readonly string[];
}

/** One slot of the schedule, seen with nothing but what was known then. */
export interface Look {
  readonly asOf: EventTime;
  readonly report: Digest;
  readonly version: Version;
  readonly outcome: Outcome;
  /** Event time of the rows it judged. */
  readonly window: TimeSpan;
  /** Event time of the predictions whose labels it judged. */
  readonly maturedWindow: TimeSpan;
  readonly alarms: Readonly<Record<RuleName, readonly LookAlarm[]>>;
  readonly action: Action;
  readonly because: string;
  /** It would have been retrained, or the model cannot be and a person would have been told that it should. */
  readonly wantsRetraining: boolean;
}

export type RuleName = 'anchorwatch' | 'psi' | 'kolmogorovSmirnov';

/** What a look alarms about. */
export interface LookAlarm {
  /** `layer/subject`. */
  readonly subject: string;
  readonly says: string;
  /** Event time of what it is about. */
  readonly about: TimeSpan;
  /** Of performance in the rows of this slice alone: the labels of these confirm or refute it. */
  readonly segment?: string;
  /** Of performance between groups: that the whole did not degrade does not refute it. */
  readonly isBetweenGroups?: true;
}

/** What the labels of some rows said in the end. */
export interface Hindsight {
  /** For each look its window. */
  readonly hindsight: readonly HindsightWindow[];
  readonly degradations: readonly Degradation[];
}

/** A window's performance in hindsight; `value`, `reference` and `threshold` in the metric's own unit. */
export interface HindsightWindow {
  readonly asOf: EventTime;
  readonly window: TimeSpan;
  /** First look that saw its labels mature; absent: none did. */
  readonly maturedAt?: EventTime;
  readonly is: 'degraded' | 'steady' | 'unknown';
  readonly value?: number;
  readonly reference?: number;
  readonly threshold?: number;
  readonly pValue?: number;
  /** Why it is unknown. */
  readonly missing?: string;
}

/** Degraded windows in a row. */
export interface Degradation {
  readonly span: TimeSpan;
  /** It holds two windows that do not overlap: one alone is degraded by chance now and then. */
  readonly lasts: boolean;
  /** First look that saw the labels of its first window mature; absent: none did. */
  readonly maturedAt?: EventTime;
  /** The window that was worst. */
  readonly worst: { readonly value: number; readonly reference: number; readonly window: TimeSpan };
}

/** Alarms in a row, as one. */
export interface AlarmEpisode {
  readonly first: EventTime;
  readonly last: EventTime;
  /** How many looks alarmed. */
  readonly looks: number;
  readonly subjects: readonly string[];
  /** What the first look said. */
  readonly says: string;
  /** `open`: the labels that would tell were not all known in the end, or it was between groups alone. */
  readonly is: 'confirmed' | 'false' | 'open';
}

/** A rule's alarms beside the degradations. */
export interface JudgedRule {
  readonly rule: RuleName;
  readonly alarmed: readonly { readonly asOf: EventTime; readonly is: AlarmEpisode['is'] }[];
  readonly alarmedLooks: number;
  /** Of these, looks at which labels showed nothing wrong. */
  readonly falseLooks: number;
  readonly episodes: readonly AlarmEpisode[];
  readonly confirmed: number;
  readonly falseAlarms: number;
  readonly open: number;
  /** False episodes in as many days as the budget is for. */
  readonly falseAlarmsPerBudget: number;
  /** For each degradation, in their order. */
  readonly warnings: readonly Warning[];
  /** Degradations that last, that a look saw the labels of mature, and that nothing told of. */
  readonly missed: number;
}

/**
 * Whether an alarm told of a degradation. `on already`: nothing alarmed about it that had not alarmed in the three looks before, so nobody
 * was told anything new.
 */
export type Warning =
  | {
      readonly is: 'told';
      readonly at: EventTime;
      /** From the alarm to the look at which matured labels showed it: negative when the alarm came later. */
      readonly daysEarly?: number;
    }
  | { readonly is: 'on already' | 'none' };
