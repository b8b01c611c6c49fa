import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation, setCurrentDetails } from '@temporalio/workflow';
import type { GatingActivities } from '../activities/gating.ts';
import type { PreparingActivities } from '../activities/preparing.ts';
import type { RegisteringActivities } from '../activities/registering.ts';
import type { ScoreOrder, ScoringActivities } from '../activities/scoring.ts';
import type { ServingActivities } from '../activities/serving.ts';
import type { TrainingActivities } from '../activities/training.ts';
import type { Digest, Version } from '../domain/identity/names.ts';
import { effectKey } from '../domain/identity/names.ts';
import type { RetrainOrder, RetrainReport } from '../domain/training/retrain.ts';
import { ringTheDoorbell } from './doorbell.ts';
import { mark, markOutcome } from './mark.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';

/**
 * From a decision to a judged candidate: prepare, train, register, score, judge. Ends at the verdict; approval and traffic are the
 * model's own affair. A refused candidate stays in the registry with its reasons. A stage that fails for good is a result, not a
 * failure of the workflow: the champion goes on, and people are told.
 */
export async function retrain(order: RetrainOrder, place: Place): Promise<RetrainReport> {
  const report = await judged(order, place);
  await CancellationScope.nonCancellable(() =>
    ringTheDoorbell(place, order.model, { eventId: `${order.decision}/gated`, kind: 'gated', report, nowWallMilliseconds: Date.now() }),
  );
  markOutcome(place, report.failure ?? report.outcome);
  setCurrentDetails(report.says);
  return report;
}

async function judged(order: RetrainOrder, place: Place): Promise<RetrainReport> {
  const known: { candidate?: Version } = {};
  try {
    return await candidateOf(order, place, known);
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(() => abandon(order, place, known.candidate));
      throw error;
    }
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return { decision: order.decision, outcome: 'fail', ...known, failure: failure.type ?? 'Failure', says: failure.message };
  }
}

async function candidateOf(order: RetrainOrder, place: Place, known: { candidate?: Version }): Promise<RetrainReport> {
  const { decision, model } = order;
  setCurrentDetails(`Preparing rows: ${order.because}`);
  const prepared = await on<PreparingActivities>(place, 'heavy', 'prepare rows').prepare(order);
  if (prepared.outcome !== 'pass') return { decision, outcome: prepared.outcome, evidence: prepared.evidence, says: prepared.says };

  setCurrentDetails(`Training on ${prepared.rows.train} rows: ${order.because}`);
  const { training } = await on<TrainingActivities>(place, 'train', `train ${model}`).train(order, prepared.prepared);
  const { registerCandidate } = on<RegisteringActivities>(place, 'control', 'register the candidate');
  const { version } = await CancellationScope.nonCancellable(() => registerCandidate(order, training));
  known.candidate = version;
  mark(place, { version });

  setCurrentDetails(`Scoring version ${version}${order.champion === undefined ? '' : ` and the champion, ${order.champion}`}.`);
  const candidateRows = await whileServing(order, place, version, (url) =>
    scoreRows(order, place, version, { url, prepared: prepared.prepared, shadow: true }),
  );
  const championRows = order.champion === undefined ? undefined : await scoreChampion(order, place, order.champion, prepared.prepared);

  const verdict = await on<GatingActivities>(place, 'heavy', `judge version ${version}`).judge({
    order,
    candidate: version,
    prepared: prepared.prepared,
    candidateRows,
    ...(championRows === undefined ? {} : { championRows }),
  });
  await on<RegisteringActivities>(place, 'control', 'record the verdict').recordVerdict({ model, version, verdict: verdict.verdict });
  return { decision, candidate: version, heldOut: candidateRows, outcome: verdict.outcome, evidence: verdict.verdict, says: verdict.says };
}

async function scoreChampion(order: RetrainOrder, place: Place, champion: Version, prepared: Digest): Promise<Digest> {
  const { url } = await on<ServingActivities>(place, 'watch', `serve version ${champion}`).serve({ model: order.model, version: champion });
  return scoreRows(order, place, champion, { url, prepared });
}

async function scoreRows(
  order: RetrainOrder,
  place: Place,
  version: Version,
  asked: Pick<ScoreOrder, 'url' | 'prepared' | 'shadow'>,
): Promise<Digest> {
  const { score } = on<ScoringActivities>(place, 'heavy', `score version ${version}`);
  const { scored } = await score({ key: effectKey(order.decision, `score-${version}`), model: order.model, version, ...asked });
  return scored;
}

async function whileServing<T>(order: RetrainOrder, place: Place, version: Version, work: (url: string) => Promise<T>): Promise<T> {
  const { serve } = on<ServingActivities>(place, 'watch', `serve version ${version}`);
  const { stopServing } = on<ServingActivities>(place, 'watch', `stop version ${version}`);
  try {
    const { url } = await serve({ model: order.model, version });
    return await work(url);
  } finally {
    await CancellationScope.nonCancellable(() => stopServing({ model: order.model, version }));
  }
}

async function abandon(order: RetrainOrder, place: Place, candidate: Version | undefined): Promise<void> {
  if (candidate === undefined) return;
  const { closeCandidate } = on<RegisteringActivities>(place, 'control', 'close the candidate');
  const key = effectKey(order.decision, 'close');
  await closeCandidate({
    key,
    model: order.model,
    version: candidate,
    status: 'superseded',
    reason: 'Its retraining was cancelled by a person.',
  });
}

function failureOf(error: unknown): ApplicationFailure | undefined {
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause : undefined;
}
