import type { Artefact } from '../identity/artefact.ts';
import type { Brand } from '../identity/brand.ts';
import type { ModelName } from '../identity/names.ts';
import type { Layer } from '../report/report.ts';
import type { Dimension } from './dimension.ts';
import type { Measure } from './measure.ts';

/** `env:NAME` or `file:PATH`: where a secret is to be found, never the secret. */
export type SecretName = Brand<string, 'SecretName'>;

export type Mode = 'watch' | 'advise' | 'act';
/** Of a time its age at the row's event time is watched, of a text its length. */
export type ColumnKind = 'numeric' | 'categorical' | 'boolean' | 'time' | 'text';
export type NamedMetric =
  | 'mae'
  | 'rmse'
  | 'mape'
  | 'smape'
  | 'rSquared'
  | 'accuracy'
  | 'balancedAccuracy'
  | 'macroF1'
  | 'matthews'
  | 'precision'
  | 'recall'
  | 'f1'
  | 'rocAuc'
  | 'gini'
  | 'prAuc'
  | 'logLoss'
  | 'brier'
  | 'macroRocAuc'
  | 'macroPrAuc'
  | 'ndcg'
  | 'averagePrecision';
/** A metric of one class against all others, `recall/churned`. */
export type ClassMetric = `${'precision' | 'recall' | 'f1' | 'rocAuc' | 'prAuc'}/${string}`;
/** A measure people declared, of which more is better, or less. */
export type DeclaredMetric = `${'gain' | 'cost'}/${string}`;
/** A metric's name says all there is to know of it: which way it becomes worse, and what it is of. */
export type MetricName = NamedMetric | ClassMetric | DeclaredMetric;

/** How much worse is too much: `relative` is a share of the reference's value, `points` is in the metric's own unit. */
export interface Drop {
  readonly by: number;
  readonly of: 'relative' | 'points';
}

/**
 * Everything that is to hold for one model, expanded: no optional field means "default". Durations carry their unit in the name,
 * shares are 0…1, globs and commands are relative to the folder of the policy file.
 */
export interface Policy extends Artefact<'policy', 1> {
  readonly model: ModelName;
  readonly task: Task;
  readonly mode: Mode;
  readonly columns: {
    /** Kinds the user fixed; all other columns are inferred when the grid is cut. */
    readonly declared: Readonly<Record<string, ColumnKind>>;
    /** Those whose drift decides; where nobody named them, the most important. */
    readonly critical: readonly string[];
    /** How much the model hangs on each column, in any one unit; those that are not named are of none. Empty: not known. */
    readonly importance: Readonly<Record<string, number>>;
    readonly ignored: readonly string[];
    /** Smallest and largest sound value of numeric columns. */
    readonly ranges: Readonly<Record<string, readonly [number, number]>>;
  };
  /** How rows are told apart, in the order written. */
  readonly segments: readonly Dimension[];
  readonly sources: { readonly predictions: PredictionSource; readonly outcomes?: OutcomeSource; readonly history?: HistorySource };
  /** IANA name of the zone whose clocks say when a day or hour begins. */
  readonly timezone: string;
  readonly labels: {
    readonly maturesAfterDays: number;
    /** Label of a prediction whose labels have matured and that has no outcome; absent: such predictions have no label. */
    readonly absentMeans?: number | string;
  };
  readonly measures: readonly Measure[];
  readonly baseline: {
    readonly windowDays: number;
    /** What recurs: a window is compared with the parts of the past that have it in common with the window. */
    readonly season: 'none' | 'weekday' | 'hourOfWeek' | 'dayOfMonth';
  };
  readonly watch: {
    /** Cron expression in UTC. */
    readonly schedule: string;
    readonly windowDays: number;
    /** What rows are counted by: the hour or day of their event time, or the day on which their segment became known. */
    readonly grain: 'hour' | 'day' | 'batch';
    readonly falseAlarms: { readonly atMost: number; readonly perDays: number };
    /** Whether rows may be taken as independent where the past is too short for blocks and days. */
    readonly independentRows: boolean;
    readonly effects: {
      readonly wassersteinInSigmas: number;
      readonly kolmogorovSmirnov: number;
      readonly psi: number;
      readonly jensenShannon: number;
      readonly nullPoints: number;
      readonly newCategoryShare: number;
      /** Rise of the share of matured predictions without an outcome. */
      readonly unlabelledPoints: number;
      /** Rise of the share of outcomes without a prediction. */
      readonly orphanPoints: number;
    };
  };
  readonly performance: {
    readonly metric: MetricName;
    readonly drop: Drop;
    readonly sudden: Drop;
    readonly trend: Drop;
    readonly floor?: number;
    /** Limits of their own, by the name of the slice: these alarm, other slices explain. */
    readonly segments: Readonly<Record<string, Drop>>;
    /** So many rows of each look that turned out most wrong are kept by their ids; 0: none. */
    readonly worstRows: number;
  };
  /** Absent: not watched. */
  readonly fairness?: FairnessRules;
  readonly severity: SeverityTable;
  readonly retrain: {
    /** Base schedule: at least one attempt each so many days, whether or not anything is wrong. */
    readonly everyDays?: number;
    readonly triggers: readonly Trigger[];
    readonly throttle: { readonly betweenDays: number; readonly attempts: { readonly atMost: number; readonly perDays: number } };
  };
  readonly training?: Training;
  readonly gates: readonly Gate[];
  readonly approval: 'none' | { readonly people: 1 | 2; readonly expiresAfterHours: number };
  readonly rollout?: RolloutRules;
  readonly notify: { readonly webhook?: SecretName };
}

/**
 * How urgent what failed is, and how soon people should answer it. It has the first priority one of whose rules it meets; P3 is all
 * that meets none.
 */
export interface SeverityTable {
  readonly P0: SeverityRow;
  readonly P1: SeverityRow;
  readonly P2: SeverityRow;
  readonly P3: Omit<SeverityRow, 'when'>;
}

interface SeverityRow {
  readonly when: readonly SeverityRule[];
  readonly answerWithinHours: number;
}

/**
 * alarm: it makes a report fail · wrong: an alarm, and so many rows were answered wrongly, or lack a sound value of a critical column ·
 * worse: an alarm, performance by so much · layer: it is of that layer, and be it a warning.
 */
export type SeverityRule =
  | { readonly of: 'wrong'; readonly share: number }
  | { readonly of: 'worse'; readonly by: Drop }
  | { readonly of: 'alarm' }
  | { readonly of: 'layer'; readonly layer: Layer };

/** How far groups may be apart. */
export interface FairnessRules {
  /** Names of segments, whose parts are the groups. */
  readonly by: readonly string[];
  /** Largest difference of the share predicted positive. */
  readonly parity: number;
  /** Largest difference of the share of the positive that is predicted so. */
  readonly opportunity: number;
  /** Largest difference of the performance metric, from the best group. */
  readonly gap: Drop;
}

export type Task = { readonly kind: 'regression' } | { readonly kind: 'classification'; readonly positive?: string } | RankingTask;

/** Items are scored so that those of one query come in the right order. */
export interface RankingTask {
  readonly kind: 'ranking';
  /** Columns of the predictions that name an item's query. */
  readonly query: readonly string[];
  /** How many places from the top nDCG looks at. */
  readonly at: number;
}

/**
 * Where tables come from. `files`: Parquet, CSV or NDJSON by glob, each file one sealed segment. `program`: asked at each look for the days
 * no look before had; each answer is one sealed segment.
 */
export type TableOrigin =
  | { readonly from: 'files'; readonly glob: string }
  | { readonly from: 'program'; readonly run: string; readonly timeLimitSeconds: number };

/** `gateway`: the records our own gateway wrote. */
export type PredictionSource =
  | { readonly from: 'gateway' }
  | (TableOrigin & {
      readonly id: readonly string[];
      readonly time: string;
      readonly prediction: string;
      /** Column that names the version; absent: the champion made them all. */
      readonly version?: string;
      /** Column of the positive class's score, such as its probability; or of several classes', by class. */
      readonly score?: string | Readonly<Record<string, string>>;
    });

export type OutcomeSource =
  | { readonly from: 'gateway' }
  | (TableOrigin & {
      readonly id: readonly string[];
      readonly label: string;
      /** Column that says when the label became known; absent: the file's prediction time plus `maturesAfterDays`, or the program's end. */
      readonly knownAt?: string;
    });

/** Labelled rows from before the model was watched, for the first training. */
export type HistorySource = TableOrigin & {
  readonly id: readonly string[];
  readonly time: string;
  readonly label: string;
};

export type Trigger =
  /** Without a number of reports in a row the first one is enough. */
  | { readonly on: 'performance'; readonly consecutiveReports?: number }
  | { readonly on: 'trend' | 'change' }
  | { readonly on: 'drift'; readonly criticalColumns: number; readonly consecutiveReports: number };

export interface Training {
  readonly command: string;
  readonly timeLimitSeconds: number;
  /** How far back the prepared rows reach. */
  readonly windowDays: number;
  /** Whole days are dealt out by a hash of the date, so that no hour of a day is learnt while another is tested. */
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}

export type Gate =
  | { readonly gate: 'minimum'; readonly metric: MetricName; readonly value: number }
  | { readonly gate: 'not-worse'; readonly metric: MetricName; readonly margin: Drop; readonly recentDays: number };

export interface RolloutRules {
  /** Shares of units, ascending, the last one 1. */
  readonly steps: readonly number[];
  /** Feature whose value is the assignment unit; absent: the request id. */
  readonly unit?: string;
  /** Candidate units a step must have seen before it may end. */
  readonly minimumUnits: readonly number[];
  readonly guardrails: {
    readonly errors: {
      /** Largest relative risk of an error that is still harmless. */
      readonly harmMargin: number;
      /** Largest error rate that is harmless whatever the champion's is. */
      readonly absoluteMargin: number;
    };
  };
  /** Chance of taking a harmless candidate back, over all looks of one rollout. */
  readonly alpha: number;
  readonly maximumDays: number;
}
