import { traitsOf } from '../../domain/policy/metric-traits.ts';
import type { Drop, MetricName, SeverityRule, Trigger } from '../../domain/policy/policy.ts';
import { usualMetric } from '../../domain/policy/usual-metric.ts';
import type { WrittenPolicy } from '../../domain/policy/written-policy.ts';
import { dimensionsOf, sliceNamed } from './dimensions.ts';
import { measuresOf, metricNamed } from './measures.ts';
import type { PolicyFile } from './schema.ts';

/** The file's layout, made for people, turned into the policy's. Percentage points of a share become parts of 1. */
export function layOut(file: PolicyFile): WrittenPolicy {
  const kind = typeof file.task === 'string' ? file.task : file.task.kind;
  const measures = measuresOf(file.measures);
  const primary = metricNamed(file.performance?.metric, measures) ?? usualMetric(kind);
  const points = (drop: Drop | undefined, metric: MetricName = primary) =>
    drop?.of === 'points' && traitsOf(metric).isShare ? { by: drop.by / 100, of: drop.of } : drop;
  const { train } = file.retrain ?? {};
  const segments = dimensionsOf(file.segments ?? {});
  return {
    model: file.model,
    task: taskOf(file.task),
    mode: file.mode,
    columns: {
      declared: file.columns?.kinds,
      critical: file.columns?.critical,
      importance: file.columns?.importance,
      ignored: file.columns?.ignore,
      ranges: file.columns?.ranges,
    },
    segments,
    sources: {
      predictions: predictionsOf(file.sources.predictions),
      ...outcomesOf(file.sources.outcomes),
      ...historyOf(file.sources.history),
    },
    timezone: file.timezone,
    labels: labelsOf(file.sources.outcomes, kind),
    measures,
    baseline: { windowDays: file.baseline?.window, season: file.baseline?.season },
    watch: {
      schedule: file.watch?.schedule,
      windowDays: file.watch?.window,
      grain: file.watch?.grain,
      falseAlarms: file.falseAlarms && { atMost: file.falseAlarms.atMost, perDays: file.falseAlarms.per },
      independentRows: file.watch?.independentRows,
      effects: effectsOf(file.watch?.effects),
    },
    performance: {
      metric: metricNamed(file.performance?.metric, measures),
      drop: points(file.performance?.drop),
      sudden: points(file.performance?.sudden),
      trend: points(file.performance?.trend),
      floor: file.performance?.floor,
      worstRows: file.performance?.worstRows,
      segments: Object.fromEntries(
        Object.entries(file.performance?.segments ?? {}).map(([name, drop]) => [sliceNamed(segments, name) ?? name, points(drop) as Drop]),
      ),
    },
    severity: severityOf(file.severity, (drop) => points(drop) as Drop),
    fairness: file.fairness && { ...file.fairness, gap: points(file.fairness.gap) },
    retrain: {
      everyDays: file.retrain?.schedule,
      triggers: file.retrain?.triggers?.map(triggerOf),
      throttle: { betweenDays: file.retrain?.throttle?.between, attempts: file.retrain?.throttle?.attempts },
    },
    training: train && {
      command: train.command,
      timeLimitSeconds: train.timeLimit,
      windowDays: train.window,
      split: train.split,
      parameters: train.parameters,
    },
    gates: file.gates?.flatMap((gate) => gatesOf(gate, points)),
    approval:
      file.approval instanceof Object
        ? { people: file.approval.people ?? 1, expiresAfterHours: file.approval.within }
        : (file.approval as 'none' | undefined),
    rollout:
      file.rollOut instanceof Object
        ? {
            steps: file.rollOut.steps,
            unit: file.rollOut.unit,
            minimumUnits: file.rollOut.minimumUnits,
            guardrails: { errors: file.rollOut.guardrails?.errors },
            alpha: file.rollOut.alpha,
            maximumDays: file.rollOut.maximum,
          }
        : file.rollOut && {},
    notify: { webhook: file.notify?.slack },
  };
}

function taskOf(task: PolicyFile['task']): WrittenPolicy['task'] {
  if (!(task instanceof Object)) return task === 'ranking' ? { kind: task, query: [] } : { kind: task };
  if (task.kind === 'ranking') return { kind: 'ranking', query: columnsOf(task.query ?? []), at: task.at };
  if (task.kind === 'regression' || task.positive === undefined) return { kind: task.kind };
  return { kind: 'classification', positive: String(task.positive) };
}

function predictionsOf(predictions: PolicyFile['sources']['predictions']): WrittenPolicy['sources']['predictions'] {
  if (!(predictions instanceof Object)) return { from: 'gateway' };
  const { id, time, prediction, version, score } = predictions;
  return {
    ...originOf(predictions),
    id: columnsOf(id),
    time,
    prediction,
    ...(version !== undefined && { version }),
    ...(score !== undefined && { score }),
  };
}

function outcomesOf(outcomes: PolicyFile['sources']['outcomes']): Pick<WrittenPolicy['sources'], 'outcomes'> {
  if (outcomes === undefined) return {};
  if (!(outcomes instanceof Object) || 'from' in outcomes) return { outcomes: { from: 'gateway' } };
  const { id, label, knownAt } = outcomes;
  return { outcomes: { ...originOf(outcomes), id: columnsOf(id), label, ...(knownAt !== undefined && { knownAt }) } };
}

function labelsOf(outcomes: PolicyFile['sources']['outcomes'], kind: WrittenPolicy['task']['kind']): NonNullable<WrittenPolicy['labels']> {
  if (!(outcomes instanceof Object)) return {};
  const { maturesAfter, absentMeans } = outcomes;
  const absent = kind === 'classification' && absentMeans !== undefined ? String(absentMeans) : absentMeans;
  return { maturesAfterDays: maturesAfter, absentMeans: typeof absent === 'boolean' ? undefined : absent };
}

function historyOf(history: PolicyFile['sources']['history']): Pick<WrittenPolicy['sources'], 'history'> {
  if (history === undefined) return {};
  const { id, time, label } = history;
  return { history: { ...originOf(history), id: columnsOf(id), time, label } };
}

function originOf(source: { files: string } | { run: string; timeLimit?: number | undefined }) {
  if ('files' in source) return { from: 'files', glob: source.files } as const;
  return { from: 'program', run: source.run, timeLimitSeconds: source.timeLimit } as const;
}

function columnsOf(id: string | string[]): string[] {
  return typeof id === 'string' ? [id] : id;
}

function effectsOf(effects: NonNullable<PolicyFile['watch']>['effects']): NonNullable<WrittenPolicy['watch']>['effects'] {
  return (
    effects && {
      wassersteinInSigmas: effects.wasserstein,
      kolmogorovSmirnov: effects.kolmogorovSmirnov,
      psi: effects.psi,
      jensenShannon: effects.jensenShannon,
      nullPoints: effects.nulls,
      newCategoryShare: effects.newCategories,
      unlabelledPoints: effects.unlabelled,
      orphanPoints: effects.orphans,
    }
  );
}

function severityOf(table: PolicyFile['severity'], points: (drop: Drop) => Drop): NonNullable<WrittenPolicy['severity']> {
  const priority = (row: NonNullable<PolicyFile['severity']>['P0']) =>
    row && { when: row.when?.map((rule) => severityRule(rule, points)), answerWithinHours: row.within };
  return {
    P0: priority(table?.P0),
    P1: priority(table?.P1),
    P2: priority(table?.P2),
    P3: table?.P3 && { answerWithinHours: table.P3.within },
  };
}

type FileSeverityRule = NonNullable<NonNullable<NonNullable<PolicyFile['severity']>['P0']>['when']>[number];

function severityRule(rule: FileSeverityRule, points: (drop: Drop) => Drop): SeverityRule {
  if (!(rule instanceof Object)) return rule === 'alarm' ? { of: 'alarm' } : { of: 'layer', layer: rule };
  return 'wrong' in rule ? { of: 'wrong', share: rule.wrong } : { of: 'worse', by: points(rule.worse) };
}

type FileGate = NonNullable<PolicyFile['gates']>[number];

function gatesOf(
  gate: FileGate,
  points: (drop: Drop | undefined, metric?: MetricName) => Drop | undefined,
): NonNullable<WrittenPolicy['gates']> {
  if (!(gate instanceof Object)) return [{ gate: 'not-worse' }];
  if ('minimum' in gate) {
    const asked = Object.entries(gate.minimum) as [MetricName, number | undefined][];
    return asked.flatMap(([metric, value]) => (value === undefined ? [] : [{ gate: 'minimum', metric, value }]));
  }
  const { margin, recent } = gate.notWorse;
  const metric = gate.notWorse.metric as MetricName | undefined;
  return [{ gate: 'not-worse', metric, margin: points(margin, metric), recentDays: recent }];
}

function triggerOf(trigger: NonNullable<NonNullable<PolicyFile['retrain']>['triggers']>[number]): Trigger {
  if (typeof trigger === 'string') return { on: trigger };
  if ('performance' in trigger) return { on: 'performance', consecutiveReports: trigger.performance.for };
  return { on: 'drift', criticalColumns: trigger.drift.criticalColumns ?? 1, consecutiveReports: trigger.drift.for ?? 3 };
}
