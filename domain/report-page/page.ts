import type { CheckVerdict } from '../check/check-report.ts';
import type { Distribution } from '../drift/distribution.ts';
import type { ErrorPatterns } from '../performance/errors/error-patterns.ts';

/**
 * What a reader is shown of any check, in the order in which it is read: the verdict, performance, predictions, what moved, the quality of the data,
 * what was left out. Aggregates only. All names and texts are as the user's data have them: whoever renders must escape them.
 */
export interface Page {
  readonly title: string;
  readonly verdict: CheckVerdict;
  /** The verdict in sentences, the most important one first. */
  readonly says: readonly string[];
  readonly facts: readonly Fact[];
  readonly performance: readonly Measured[];
  /** What predictions and scores did, in words. */
  readonly predictions: readonly string[];
  /** Where errors lie that were not there before; absent where errors were not counted. */
  readonly errors?: ErrorPatterns;
  /** What moved most and matters most first. */
  readonly columns: readonly Moved[];
  /** Parts of the rows that were judged by themselves, in the order in which they were declared. */
  readonly segments: readonly Segment[];
  readonly flaws: readonly Flawed[];
  /** What else is to be said of the data's quality. */
  readonly remarks: readonly string[];
  readonly ignored: readonly { readonly column: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

export interface Fact {
  readonly term: string;
  readonly is: string;
}

/** How sure a verdict is. */
export interface Certainty {
  readonly pValue?: number;
  /** By Benjamini–Hochberg. */
  readonly adjustedPValue?: number;
}

/** One rule of performance: `reference` and `threshold` are in the unit of the value, so the alarm lies beyond the threshold. */
export interface Measured extends Certainty {
  readonly metric: string;
  readonly rule: string;
  readonly verdict: CheckVerdict;
  readonly value?: number;
  readonly reference?: number;
  readonly threshold?: number;
  readonly interval?: readonly [number, number];
  readonly statistics: Readonly<Record<string, number>>;
  readonly says: string;
}

/** One column and how far its distribution moved. */
export interface Moved extends Certainty {
  readonly column: string;
  /** Numeric, categorical or boolean where it is known, and the part it plays. */
  readonly traits: readonly string[];
  readonly verdict: CheckVerdict;
  readonly critical: boolean;
  readonly effect?: {
    readonly value: number;
    readonly threshold: number;
    readonly unit: string;
    /** 95%. */
    readonly interval?: readonly [number, number];
  };
  /** The effect in earlier windows, the oldest first, and in this one. */
  readonly history?: readonly number[];
  /** Why it could not be judged. */
  readonly reason?: string;
  readonly distribution?: Distribution;
  readonly statistics: Readonly<Record<string, number>>;
  readonly policyPath?: string;
}

/** One part of the rows. Of fewer than ten rows nothing is told. */
export interface Segment {
  readonly name: string;
  readonly verdict: CheckVerdict;
  /** Absent where performance is not judged at all. */
  readonly performance?: Certainty & {
    readonly metric: string;
    readonly verdict: CheckVerdict;
    /** It has a limit of its own. */
    readonly decides: boolean;
    /** With an outcome. */
    readonly rows?: number;
    readonly value?: number;
    readonly reference?: number;
    readonly threshold?: number;
    readonly interval?: readonly [number, number];
    /** How much worse than the best part of the same dimension. */
    readonly behindBest?: number;
    readonly reason?: string;
  };
  /** What moved in it, in a few words. */
  readonly inputs: string;
}

/** Rows of one column with one flaw. Shares are 0…1. */
export interface Flawed extends Certainty {
  readonly column: string;
  readonly flaw: string;
  readonly verdict: CheckVerdict;
  readonly share: number;
  readonly shareInBaseline: number;
  /** Rise of the share at which it alarms. */
  readonly threshold: number;
}

/** Moved as far as would matter, and no further than its past or chance explain. */
export function isFarWithinChance(moved: Moved): boolean {
  return moved.verdict === 'steady' && reach(moved) >= 1;
}

export function isPrediction({ traits }: Moved): boolean {
  return traits.includes('prediction');
}

/** The effect in thresholds; 0 without one. */
export function reach({ effect }: Pick<Moved, 'effect'>): number {
  if (effect === undefined || effect.value <= 0) return 0;
  return effect.threshold === 0 ? Number.POSITIVE_INFINITY : effect.value / effect.threshold;
}
