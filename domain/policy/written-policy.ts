import type { ModelName } from '../identity/names.ts';
import type { Dimension } from './dimension.ts';
import type { Measure } from './measure.ts';
import type {
  ColumnKind,
  Drop,
  FairnessRules,
  Gate,
  HistorySource,
  MetricName,
  Mode,
  OutcomeSource,
  Policy,
  PredictionSource,
  RankingTask,
  SecretName,
  SeverityTable,
  Task,
  Training,
  Trigger,
} from './policy.ts';

/** A policy as a person wrote it, in the policy's own units and layout: whatever is absent is left to the preset. */
export interface WrittenPolicy {
  readonly model: ModelName;
  readonly task: WrittenTask;
  readonly mode?: Mode | undefined;
  readonly columns?: {
    readonly declared?: Readonly<Record<string, ColumnKind>> | undefined;
    readonly critical?: readonly string[] | undefined;
    readonly importance?: Policy['columns']['importance'] | undefined;
    readonly ignored?: readonly string[] | undefined;
    readonly ranges?: Policy['columns']['ranges'] | undefined;
  };
  readonly segments?: readonly Dimension[] | undefined;
  readonly sources: {
    readonly predictions: WrittenSource<PredictionSource>;
    readonly outcomes?: WrittenSource<OutcomeSource> | undefined;
    readonly history?: WrittenSource<HistorySource> | undefined;
  };
  readonly timezone?: string | undefined;
  readonly labels?: { readonly maturesAfterDays?: number | undefined; readonly absentMeans?: number | string | undefined };
  readonly measures?: readonly Measure[] | undefined;
  readonly baseline?: { readonly windowDays?: number | undefined; readonly season?: Policy['baseline']['season'] | undefined };
  readonly watch?: {
    readonly schedule?: string | undefined;
    readonly windowDays?: number | undefined;
    readonly grain?: Policy['watch']['grain'] | undefined;
    readonly falseAlarms?: Policy['watch']['falseAlarms'] | undefined;
    readonly independentRows?: boolean | undefined;
    readonly effects?: Written<Policy['watch']['effects']> | undefined;
  };
  readonly performance?: {
    readonly metric?: MetricName | undefined;
    readonly drop?: Drop | undefined;
    readonly sudden?: Drop | undefined;
    readonly trend?: Drop | undefined;
    readonly floor?: number | undefined;
    readonly segments?: Readonly<Record<string, Drop>> | undefined;
    readonly worstRows?: number | undefined;
  };
  readonly severity?: {
    readonly [P in keyof SeverityTable]?: Written<SeverityTable[P]> | undefined;
  };
  readonly fairness?: ({ readonly by: readonly string[] } & Written<Omit<FairnessRules, 'by'>>) | undefined;
  readonly retrain?: {
    readonly everyDays?: number | undefined;
    readonly triggers?: readonly Trigger[] | undefined;
    readonly throttle?: Written<Policy['retrain']['throttle']> | undefined;
  };
  readonly training?: ({ readonly command: string } & Written<Omit<Training, 'command'>>) | undefined;
  readonly gates?: readonly WrittenGate[] | undefined;
  readonly approval?: 'none' | { readonly people: 1 | 2; readonly expiresAfterHours?: number | undefined } | undefined;
  readonly rollout?:
    | {
        readonly steps?: readonly number[] | undefined;
        readonly unit?: string | undefined;
        /** One number stands for every step. */
        readonly minimumUnits?: number | readonly number[] | undefined;
        readonly guardrails?: { readonly errors?: Written<{ readonly harmMargin: number; readonly absoluteMargin: number }> | undefined };
        readonly alpha?: number | undefined;
        readonly maximumDays?: number | undefined;
      }
    | undefined;
  readonly notify?: { readonly webhook?: SecretName | undefined };
}

/** A ranking may leave its places to the preset. */
export type WrittenTask = Exclude<Task, RankingTask> | (Omit<RankingTask, 'at'> & { readonly at?: number | undefined });

/** A program may leave its time limit to the preset. */
export type WrittenSource<S> = S extends { readonly timeLimitSeconds: number }
  ? Omit<S, 'timeLimitSeconds'> & { readonly timeLimitSeconds?: number | undefined }
  : S;

type NotWorse = Extract<Gate, { gate: 'not-worse' }>;
type WrittenGate = Extract<Gate, { gate: 'minimum' }> | ({ readonly gate: 'not-worse' } & Written<Omit<NotWorse, 'gate'>>);

type Written<T> = { readonly [K in keyof T]?: T[K] | undefined };
