import { pastBlocks } from '../calendar/past-blocks.ts';
import { assessColumns } from '../drift/assess-columns.ts';
import { assessDrift } from '../drift/assess-drift.ts';
import { assessQualityOfAll } from '../drift/assess-quality-of-all.ts';
import { assessSilence } from '../drift/assess-silence.ts';
import { withExplainedPredictions } from '../drift/explained-predictions.ts';
import { measureOrphaned } from '../drift/measure-orphaned.ts';
import { measureUnlabelled } from '../drift/measure-unlabelled.ts';
import { withHistory } from '../drift/with-history.ts';
import type { Partition } from '../ledger/entry.ts';
import { mergePartitions } from '../ledger/merge-partitions.ts';
import { assessOutcomes } from '../performance/assess-outcomes.ts';
import { measureErrors } from '../performance/errors/measure-errors.ts';
import { measureProxies } from '../performance/estimate/measure-proxies.ts';
import { fewestBlocks, historyBlocks, mostBlocks, windowBlocks } from '../statistics/history-blocks.ts';
import { assessCause } from './assess-cause.ts';
import { assessConsequence } from './assess-consequence.ts';
import type { AssessmentInput } from './assessment-input.ts';
import { conclude } from './conclude.ts';
import { falseAlarmLevel } from './false-alarm-level.ts';
import type { Judgement, Report } from './report.ts';
import { sayNumber } from './say-number.ts';
import { sayReport } from './says.ts';
import { severityOf } from './severity-of.ts';
import type { UnreadFiles } from './unread-files.ts';

/**
 * One check: every layer measured and judged against the policy, under the look's part of the false-alarm budget.
 *
 * An alarm is an effect at or over the policy's threshold whose p-value, adjusted by Benjamini–Hochberg within its layer, is at most the
 * layer's level. What a report concludes from its signals is said at {@link conclude}. The same input gives the same report, byte for
 * byte; all numbers in it are finite.
 *
 * Cost O(columns x days x cells).
 */
export function assess(given: AssessmentInput): Report {
  const input = withWholeDays(given);
  const { policy, baseline, window, maturedWindow } = input;
  const level = falseAlarmLevel(policy.watch.falseAlarms, input.lookEveryDays);
  const rows = input.windowDays.inputs.reduce((sum, day) => sum + day.rows, 0);
  const joined = [measureUnlabelled(input), measureOrphaned(input)].flatMap((flaw) => flaw ?? []);
  const quality = assessQualityOfAll(input, level.layer, joined);
  const judgements = [
    ...assessOutcomes(input, level.layer),
    ...assessColumns(input),
    ...assessSilence(input.silence),
    ...quality.map((judgement) => withOrphans(judgement, input.anomalies.orphan ?? 0)),
    ...withHistory(withExplainedPredictions(assessDrift(input, level.layer), input), input),
  ];
  const signals = judgements.map((judgement) => ({ ...judgement, ...severityOf(judgement.outcome, [judgement], policy.severity) }));
  const outcome = conclude(signals, rows);
  const cause = assessCause(input, signals, level.layer);
  const consequence = assessConsequence(input, signals, level.layer);
  const errors = measureErrors(input);
  const proxies = measureProxies(input);
  const [performance, movement] = sayReport(input, signals, rows);
  return {
    kind: 'report',
    schemaVersion: 1,
    madeFrom: [input.policyDigest, ...(baseline ? [baseline.digest, baseline.body.grid] : []), input.entriesDigest],
    model: policy.model,
    version: input.version,
    asOf: input.asOf,
    window: { from: window.from, to: window.to, rows },
    ...(policy.sources.outcomes && { matured: { from: maturedWindow.from, to: maturedWindow.to, rows: input.outcomesExpected } }),
    policy: input.policyDigest,
    ...(baseline ? { baseline: baseline.digest } : {}),
    ...(baseline?.body.from === 'held-out' ? { provisional: true } : {}),
    entries: input.entriesDigest,
    blocks: blocksOf(input),
    falseAlarmLevel: level.look,
    outcome,
    ...severityOf(outcome, signals, policy.severity),
    ...(cause ? { cause } : {}),
    ...(consequence ? { consequence } : {}),
    ...(errors ? { errors } : {}),
    ...(input.worst ? { worst: input.worst } : {}),
    ...(proxies ? { proxies } : {}),
    says: [
      [performance, cause?.says, consequence?.says, ...sayUnread(input, 'outcomes')].filter(Boolean).join(' '),
      [`${movement}${sayIndependence(signals)}${sayBaseline(input)}`, ...sayUnread(input, 'predictions')].join(' '),
    ],
    signals,
    ignored: policy.columns.ignored,
    anomalies: input.anomalies,
    ...(input.unread ? { unread: input.unread } : {}),
  };
}

/** What the past is cut into: the baseline's blocks and the windows after it, as far as they are asked for; or the baseline's days alone. */
function blocksOf({ policy, baseline, window, windowDays }: AssessmentInput): Report['blocks'] {
  const past = pastBlocks(policy.baseline.season, window);
  const [days, rowsOf] = [baseline?.days ?? [], ({ rows }: Partition) => rows];
  const own = windowBlocks(days, past, rowsOf).length;
  const later = windowDays.before?.slice(0, mostBlocks - own).filter((partitions) => partitions.some(({ rows }) => rows > 0)).length ?? 0;
  if (later > 0 && own + later >= fewestBlocks) return { unit: 'window', count: own + later };
  const history = historyBlocks(days, past, rowsOf);
  return { unit: history.unit, count: history.unit === 'none' ? 0 : history.blocks.length };
}

/** Where predictions lack outcomes, outcomes that lack a prediction tell whether ids differ. */
function withOrphans(judgement: Judgement, orphans: number): Judgement {
  if (judgement.statistic !== 'unlabelled' || orphans === 0) return judgement;
  const statistics = { ...judgement.statistics, orphans };
  return { ...judgement, statistics, says: `${judgement.says} ${sayNumber(orphans)} outcomes found no prediction in time.` };
}

function sayUnread({ unread = [] }: AssessmentInput, of: UnreadFiles['of']): string[] {
  return unread.filter((files) => files.of === of).map(({ says }) => says);
}

function sayIndependence(signals: readonly Judgement[]): string {
  if (signals.every(({ pValueKind }) => pValueKind !== 'independentRows')) return '';
  return ' The past is too short to be cut into days: rows were taken as independent (watch.independentRows).';
}

function sayBaseline({ baseline, version, policy }: AssessmentInput): string {
  if (baseline === undefined) return '';
  const { from, anyway, stability } = baseline.body;
  if (from === 'held-out') return ' The baseline is provisional.';
  if (baseline.days.length > 0 && baseline.days.every((day) => day.version !== version))
    return ` The baseline has no day of version ${version}: anchorwatch baseline ${policy.model} --since DAY takes another.`;
  return anyway !== undefined && stability?.outcome === 'fail' ? ' The baseline was taken although it is not steady.' : '';
}

/** One partition a day and version: corrections of outcomes are negative until they are added to what they correct. */
function withWholeDays(input: AssessmentInput): AssessmentInput {
  const { baseline, windowDays } = input;
  return {
    ...input,
    ...(baseline ? { baseline: { ...baseline, days: mergePartitions(baseline.days) } } : {}),
    windowDays: {
      inputs: mergePartitions(windowDays.inputs),
      matured: mergePartitions(windowDays.matured),
      earlier: mergePartitions(windowDays.earlier),
      ...(windowDays.before && { before: windowDays.before }),
    },
  };
}
