import { traitsOf } from './metric-traits.ts';
import { mostImportant } from './most-important.ts';
import type { Gate, HistorySource, MetricName, OutcomeSource, Policy, PredictionSource, RolloutRules, Task } from './policy.ts';
import { usualMetric } from './usual-metric.ts';
import type { WrittenPolicy, WrittenSource } from './written-policy.ts';

/** What the preset `standard` says where the user says nothing. The ids in brackets are of the guides it follows. */
export const standard = {
  mode: 'watch',
  /** [A4] Four whole weeks, so that every weekday weighs the same. */
  baseline: { windowDays: 28, season: 'none' },
  /** [K2] A program of a source is ended after so long. */
  sources: { timeLimitSeconds: 1800 },
  timezone: 'UTC',
  /** [A1] */
  ranking: { at: 10 },
  /** A label counts as soon as it is known. */
  labels: { maturesAfterDays: 0 },
  watch: {
    /** [F5] Daily at 03:00 UTC. */
    schedule: '0 3 * * *',
    windowDays: 7,
    /** [A13] */
    grain: 'day',
    falseAlarms: { atMost: 1, perDays: 90 },
    /** Rows of one day are alike: whoever takes them as independent says so. */
    independentRows: false,
    /** [B1, B2, B3; unlabelled and orphans: C6] */
    effects: {
      wassersteinInSigmas: 0.2,
      kolmogorovSmirnov: 0.1,
      psi: 0.25,
      jensenShannon: 0.1,
      nullPoints: 0.05,
      newCategoryShare: 0.05,
      unlabelledPoints: 0.1,
      orphanPoints: 0.05,
    },
  },
  /**
   * [B4] Sudden is 5% for a drop of 3%, and in that proportion for any other; a trend matters when it has led as far as a drop.
   * [A7] Fifty rows can be gone through in a week's review.
   */
  performance: { drop: { by: 0.03, of: 'relative' }, suddenPerDrop: 5 / 3, worstRows: 50 },
  /** [B11, B12] */
  severity: {
    P0: { when: [{ of: 'wrong', share: 0.5 }], answerWithinHours: 0.25 },
    P1: { when: [{ of: 'worse', by: { by: 0.2, of: 'relative' } }], answerWithinHours: 1 },
    P2: { when: [{ of: 'alarm' }], answerWithinHours: 4 },
    P3: { answerWithinHours: 24 },
  },
  /** [A14, E2] A tenth. */
  fairness: { parity: 0.1, opportunity: 0.1, gap: { by: 0.1, of: 'relative' } },
  retrain: {
    /** [C2, B17] Performance first; critical inputs when they stay moved. */
    triggers: [{ on: 'performance' }, { on: 'drift', criticalColumns: 1, consecutiveReports: 3 }],
    /** [C3] One attempt a week. */
    throttle: { betweenDays: 7, attempts: { atMost: 2, perDays: 30 } },
  },
  /** [D1, D5, D9] */
  training: { timeLimitSeconds: 7200, windowDays: 365, split: { train: 0.6, validation: 0.2, test: 0.2 }, parameters: {} },
  /** [E1] Never below production; 1% is the smallest difference the guides call one. */
  notWorse: { margin: { by: 0.01, of: 'relative' }, recentDays: 28 },
  approval: { people: 1, expiresAfterHours: 120 },
  /** [F2, F3] */
  rollout: {
    steps: [0.05, 0.2, 0.5, 1],
    minimumUnits: 500,
    guardrails: { errors: { harmMargin: 2, absoluteMargin: 0.001 } },
    alpha: 0.05,
    maximumDays: 14,
  },
} as const;

/**
 * The policy in full: what was written, and the preset for the rest. Pure; expanding an expanded policy changes nothing.
 * Says nothing of sense: that is checked where positions in the file are known.
 */
export function expand(written: WrittenPolicy): Policy {
  const performance = fullPerformance(written);
  const predictions = fullSource<PredictionSource>(written.sources.predictions);
  const history = written.sources.history && fullSource<HistorySource>(written.sources.history);
  const outcomes =
    (written.sources.outcomes && fullSource<OutcomeSource>(written.sources.outcomes)) ??
    (predictions.from === 'gateway' ? ({ from: 'gateway' } as const) : undefined);
  return {
    kind: 'policy',
    schemaVersion: 1,
    madeFrom: [],
    model: written.model,
    task: fullTask(written.task),
    mode: written.mode ?? standard.mode,
    columns: fullColumns(written.columns),
    segments: written.segments ?? [],
    sources: { predictions, ...present({ outcomes, history }) },
    timezone: written.timezone ?? standard.timezone,
    labels: { ...standard.labels, ...present(written.labels) },
    measures: written.measures ?? [],
    baseline: { ...standard.baseline, ...present(written.baseline) },
    watch: {
      ...standard.watch,
      ...present(written.watch),
      effects: { ...standard.watch.effects, ...present(written.watch?.effects) },
    },
    performance,
    ...present({ fairness: written.fairness && { ...standard.fairness, ...present(written.fairness) } }),
    severity: fullSeverity(written.severity),
    retrain: {
      ...standard.retrain,
      ...present(written.retrain),
      throttle: { ...standard.retrain.throttle, ...present(written.retrain?.throttle) },
    },
    ...present({ training: written.training && { ...standard.training, ...present(written.training) } }),
    gates: (written.gates ?? [{ gate: 'not-worse' }]).map((gate) =>
      fullGate(gate, gateMetric(performance.metric, written.task.kind, predictions)),
    ),
    approval: fullApproval(written.approval),
    ...present({ rollout: written.rollout && fullRollout(written.rollout) }),
    notify: { ...present(written.notify) },
  };
}

function fullColumns(columns: WrittenPolicy['columns']): Policy['columns'] {
  const critical = mostImportant(columns?.importance ?? {}, columns?.ignored);
  return { declared: {}, critical, ignored: [], ranges: {}, importance: {}, ...present(columns) };
}

function fullTask(task: WrittenPolicy['task']): Task {
  return task.kind === 'ranking' ? { ...standard.ranking, ...present(task) } : task;
}

function fullSource<S>(source: WrittenSource<S> & { readonly from: string }): S {
  const full = source.from === 'program' ? { ...standard.sources, ...present(source) } : source;
  return full as unknown as S;
}

function fullPerformance({ performance, task }: WrittenPolicy): Policy['performance'] {
  const drop = performance?.drop ?? standard.performance.drop;
  const sudden = { by: Number((drop.by * standard.performance.suddenPerDrop).toPrecision(12)), of: drop.of };
  return {
    drop,
    sudden,
    trend: drop,
    metric: usualMetric(task.kind),
    segments: {},
    worstRows: standard.performance.worstRows,
    ...present(performance),
  };
}

function fullSeverity(written: WrittenPolicy['severity']): Policy['severity'] {
  const { P0, P1, P2, P3 } = standard.severity;
  return {
    P0: { ...P0, ...present(written?.P0) },
    P1: { ...P1, ...present(written?.P1) },
    P2: { ...P2, ...present(written?.P2) },
    P3: { ...P3, ...present(written?.P3) },
  };
}

/** Rows that versions are asked have no measures, and the score of one class at most. */
function gateMetric(metric: MetricName, task: Task['kind'], predictions: PredictionSource): MetricName {
  const { task: measured, needs, takesScores } = traitsOf(metric);
  const isOfScores = needs === 'scores' || (takesScores && predictions.from !== 'gateway' && typeof predictions.score === 'object');
  return measured === 'any' || isOfScores ? usualMetric(task) : metric;
}

function fullGate(gate: NonNullable<WrittenPolicy['gates']>[number], metric: MetricName): Gate {
  return gate.gate === 'minimum' ? gate : { metric, ...standard.notWorse, ...present(gate) };
}

function fullApproval(approval: WrittenPolicy['approval']): Policy['approval'] {
  return approval === undefined || approval === 'none' ? 'none' : { ...standard.approval, ...present(approval) };
}

function fullRollout(written: NonNullable<WrittenPolicy['rollout']>): RolloutRules {
  const { minimumUnits = standard.rollout.minimumUnits, guardrails, ...rest } = written;
  const steps = written.steps ?? standard.rollout.steps;
  return {
    ...standard.rollout,
    ...present(rest),
    steps,
    minimumUnits: typeof minimumUnits === 'number' ? steps.map(() => minimumUnits) : minimumUnits,
    guardrails: { errors: { ...standard.rollout.guardrails.errors, ...present(guardrails?.errors) } },
  };
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The members that are there. */
function present<T extends object>(members: T | undefined): Present<T> {
  return Object.fromEntries(Object.entries(members ?? {}).filter(([, member]) => member !== undefined)) as Present<T>;
}
