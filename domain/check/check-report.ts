import type { Distribution } from '../drift/distribution.ts';
import type { ErrorPatterns } from '../performance/errors/error-patterns.ts';
import type { ColumnKind } from '../policy/policy.ts';
import type { Cause } from '../report/cause.ts';
import type { Consequence } from '../report/consequence.ts';
import type { Layer, PValueKind, Signal } from '../report/report.ts';

/** Nothing moved beyond what is usual · something did · it could not be told. */
export type CheckVerdict = 'steady' | 'alarm' | 'inconclusive';

/** What a check of one table against another found. All numbers are finite; shares are 0…1; times are ISO, UTC. */
export interface CheckReport {
  readonly schemaVersion: 1;
  readonly verdict: CheckVerdict;
  /** The verdict in a sentence or two: what moved, and what the test rests on. */
  readonly says: string;
  readonly window: CheckedTable;
  readonly baseline: CheckedTable;
  readonly test: {
    /** `independentRows`: rows were taken as independent of each other, as no time column was named or the past is too short for days. `none`: nothing could be tested. */
    readonly kind: PValueKind | 'none';
    /** Blocks or days of the baseline; 0 for the other kinds. */
    readonly blocks: number;
  };
  /** Chance of any false alarm this check was allowed. */
  readonly falseAlarmLevel: number;
  /** Compared columns, the one furthest over its threshold first. */
  readonly columns: readonly CheckedColumn[];
  /** By each rule of the policy, and in its segments; empty where the policy names no outcomes, or one of the tables carries none. */
  readonly performance: readonly CheckedPerformance[];
  /** Where performance dropped: whether the inputs of the same rows moved. */
  readonly cause?: Cause;
  /** Where inputs or predictions moved and performance did not drop: what outcomes say of it. */
  readonly consequence?: Consequence;
  /** Where the errors of the data lie that the baseline did not have. */
  readonly errors?: ErrorPatterns;
  /** Of each segment the policy declares: the columns that moved in it or, where none did, the one that came nearest. They explain and decide nothing. */
  readonly segments?: readonly CheckedSegment[];
  /** Columns of the baseline that were not compared. */
  readonly ignored: readonly { readonly column: string; readonly reason: string }[];
  readonly quality: {
    /** Flaws seen in either table, those that fail first. */
    readonly flaws: readonly QualityFlaw[];
    /** Columns of the baseline that the data lack, and the other way round. */
    readonly missingColumns: readonly string[];
    readonly newColumns: readonly string[];
  };
  /** What else a reader should know: guesses that were made, and how to do better. */
  readonly notes: readonly string[];
}

export interface CheckedTable {
  readonly files: number;
  /** Rows that were counted. */
  readonly rows: number;
  /** Of these, those with an outcome that counts: it is known, and has matured. Absent where performance is not judged. */
  readonly labelled?: number;
  /** First and last day that hold more than a few stray rows, `from` included, `to` not; absent without a time column. */
  readonly from?: string;
  readonly to?: string;
  /** Rows and lines that could not be counted as they are, by kind. */
  readonly anomalies: Readonly<Record<string, number>>;
}

/** Of a time its age was compared, of a text its length. */
export type CheckedKind = ColumnKind;

export interface CheckedColumn {
  readonly column: string;
  readonly kind: CheckedKind;
  readonly layer: Layer;
  /** Whether its movement decides: named so by the policy or, where it names none, every column. */
  readonly critical: boolean;
  /** Of its movement and of its flaws together. */
  readonly verdict: CheckVerdict;
  /** Of its distribution alone. */
  readonly movement: CheckVerdict;
  /** One line for each thing that alarms or could not be judged. */
  readonly reasons: readonly string[];
  /** What its distribution lacks to be judged. */
  readonly missing?: string;
  /** With a value. */
  readonly rows: { readonly baseline: number; readonly window: number };
  readonly nulls: { readonly baseline: number; readonly window: number };
  /** Everything that was measured, by its name. */
  readonly statistics: Readonly<Record<string, number>>;
  /** The effect nearest to its threshold, or furthest over it. */
  readonly effect?: { readonly statistic: string; readonly value: number; readonly threshold: number };
  /** Of the effect, 95%. */
  readonly interval?: readonly [number, number];
  readonly pValue?: number;
  readonly pValueKind?: PValueKind;
  /** By Benjamini–Hochberg over the columns. */
  readonly adjustedPValue?: number;
  /** Absent where nothing could be measured, and where either table has fewer than ten rows with a value. */
  readonly distribution?: Distribution;
  readonly evidence: {
    /** Smallest and largest value. */
    readonly range?: { readonly baseline?: readonly [number, number]; readonly window?: readonly [number, number] };
    /** Categories the baseline does not hold, the most frequent twenty with their rows. */
    readonly newCategories?: Readonly<Record<string, number>>;
  };
}

/** One rule of performance and what became of it. `value`, `reference` and `threshold` are in the metric's own unit. */
export interface CheckedPerformance {
  /** As policies name it; of fairness what is compared, such as `parity by plan`. */
  readonly metric: string;
  /** `drop`: the data against the baseline · `sudden`: their newest days · `floor` · `trend` · `change` · `fairness` · `estimate`. */
  readonly rule: string;
  /** Set where it is judged in the rows of this part alone. */
  readonly segment?: string;
  readonly verdict: CheckVerdict;
  /** Whether it decides, or only warns. */
  readonly critical: boolean;
  readonly value?: number;
  /** What it was in the baseline. */
  readonly reference?: number;
  /** Where the alarm begins. */
  readonly threshold?: number;
  /** Of the value, 95%. */
  readonly interval?: readonly [number, number];
  /** One-sided. */
  readonly pValue?: number;
  readonly pValueKind?: PValueKind;
  /** By Benjamini–Hochberg over what alarms of performance. */
  readonly adjustedPValue?: number;
  /** Everything else that was measured, by its name; of `drop` every other metric of the rows. */
  readonly statistics: Readonly<Record<string, number>>;
  /** What it lacks to be judged. */
  readonly missing?: string;
  readonly says: string;
}

export interface CheckedSegment {
  readonly segment: string;
  readonly column: string;
  readonly verdict: CheckVerdict;
  readonly effect?: { readonly statistic: string; readonly value: number; readonly threshold: number };
  /** By Benjamini–Hochberg over columns and segments. */
  readonly adjustedPValue?: number;
  readonly says: string;
}

export interface QualityFlaw {
  readonly column: string;
  readonly flaw: string;
  readonly verdict: CheckVerdict;
  readonly share: number;
  readonly shareInBaseline: number;
  readonly threshold: number;
  readonly pValue?: number;
  readonly pValueKind?: PValueKind;
  readonly adjustedPValue?: number;
  readonly says: string;
}

export const verdictOf: Readonly<Record<Signal['outcome'], CheckVerdict>> = {
  pass: 'steady',
  fail: 'alarm',
  inconclusive: 'inconclusive',
};
