import { cancellationDetails, heartbeat, sleep } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { type Digest, type EffectKey, effectKey } from '../domain/identity/names.ts';
import type { Policy, Training } from '../domain/policy/policy.ts';
import type { Registry } from '../domain/registry/registry.port.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';
import { assessTraining, hasDiverged, type TrainingFailure } from '../domain/training/assess-training.ts';
import type { PreparedData } from '../domain/training/prepared-data.ts';
import type { RetrainOrder } from '../domain/training/retrain.ts';
import type { Trainer, TrainingProgram, TrainingStatus } from '../domain/training/trainer.port.ts';
import type { TrainingRun } from '../domain/training/training-run.ts';
import { beating } from './beating.ts';
import { neededArtefact } from './needed-artefact.ts';

const lookMilliseconds = 500;

export interface TrainingDependencies {
  readonly trainer: Trainer;
  readonly registry: Pick<Registry, 'ensureRun' | 'endRun' | 'logMetrics'>;
  readonly artefacts: Artefacts;
  /** Where training programs log their models. */
  readonly trackingUri: string;
}

type Ended = Extract<TrainingStatus, { state: 'ended' }>;

export function createTrainingActivities({ trainer, registry, artefacts, trackingUri }: TrainingDependencies) {
  return {
    /**
     * Runs the policy's training program on the prepared rows: once per decision, whoever asks and however often. A worker that goes
     * away leaves it running, and the next attempt takes it over; only a cancellation that was asked for stops it.
     *
     * Needs no maximum of attempts, and a start-to-close time-out above the policy's time limit.
     *
     * @throws ApplicationFailure, non-retryable, of the type a {@link TrainingFailure} names, with the log's last lines
     */
    async train(order: RetrainOrder, prepared: Digest): Promise<{ training: Digest; says: string }> {
      const policy = await neededArtefact<Policy>(artefacts, 'policy', order.policy.digest);
      const data = await neededArtefact<PreparedData>(artefacts, 'prepared-data', prepared);
      const training = trainingOf(policy);

      const key = effectKey(order.decision, 'train');
      const runId = await recording(registry.ensureRun(order.model, key, runTags(order, prepared)));
      const program = programFor({ order, key, policy, training, data, runId, trackingUri });
      const ended = await stoppedWhenCancelled(runId, key, () => followTwice(key, program));

      const came = assessTraining(program, ended.status, await trainer.output(ended.key));
      if ('failure' in came) {
        await recording(registry.endRun(runId, 'FAILED'));
        throw notTrained(came.failure);
      }

      const { modelUri, metrics } = came.result;
      await recording(registry.logMetrics(runId, metrics));
      await recording(registry.endRun(runId, 'FINISHED'));
      const run: TrainingRun = {
        kind: 'training-run',
        schemaVersion: 1,
        madeFrom: [order.policy.digest, prepared],
        model: order.model,
        decision: order.decision,
        key,
        policy: order.policy.digest,
        prepared,
        runId,
        modelUri,
        metrics,
        seconds: ended.status.seconds,
      };
      return { training: await artefacts.save(run), says: `Trained in ${run.seconds.toFixed(1)} s: ${toldMetrics(metrics)}.` };
    },
  };

  /** A program that was lost with its machine gets one more start, under a key of its own; what is left of the first is ended before. */
  async function followTwice(key: EffectKey, program: TrainingProgram): Promise<{ key: EffectKey; status: Ended }> {
    const first = await follow(key, program);
    if (first.why !== 'lost') return { key, status: first };
    await trainer.stop(key);
    const again = secondKey(key);
    return { key: again, status: await follow(again, program) };
  }

  async function follow(key: EffectKey, program: TrainingProgram): Promise<Ended> {
    await trainer.ensure(key, program);
    for (;;) {
      const status = await trainer.status(key);
      if (status.state === 'ended') return status;
      if (hasDiverged(status)) await trainer.stop(key);
      else await beatAndWait(status);
    }
  }

  /** A worker's shutdown, a pause, a reset, a time-out are no reason to stop: the next attempt takes the program over. */
  async function stoppedWhenCancelled<T>(runId: string, key: EffectKey, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof CancelledFailure && cancellationDetails()?.cancelRequested) {
        await Promise.all([trainer.stop(key), trainer.stop(secondKey(key))]);
        await registry.endRun(runId, 'KILLED');
      }
      throw error;
    }
  }
}

function recording<T>(work: Promise<T>): Promise<T> {
  return beating('Waiting for MLflow.', work);
}

async function beatAndWait(status: TrainingStatus): Promise<void> {
  heartbeat((status.state === 'running' && status.progress) || { says: 'No progress told yet.' });
  await sleep(lookMilliseconds);
}

export type TrainingActivities = ReturnType<typeof createTrainingActivities>;

function secondKey(key: EffectKey): EffectKey {
  return `${key}~2` as EffectKey;
}

/** The key both starts have in common, which the MLflow run carries. */
export function firstKey(key: EffectKey): EffectKey {
  return key.replace(/~2$/, '') as EffectKey;
}

function trainingOf(policy: Policy): Training {
  if (policy.training !== undefined) return policy.training;
  const message = `The policy of ${policy.model} names no training program: add retrain.train with a command.`;
  throw ApplicationFailure.create({ type: 'TrainingNotConfigured', message, nonRetryable: true });
}

function runTags(order: RetrainOrder, prepared: Digest): Readonly<Record<string, string>> {
  return {
    'anchorwatch.decision': order.decision,
    'anchorwatch.because': order.because,
    'anchorwatch.policy': order.policy.digest,
    'anchorwatch.prepared': prepared,
  };
}

interface ProgramParts {
  readonly order: RetrainOrder;
  readonly key: EffectKey;
  readonly policy: Policy;
  readonly training: Training;
  readonly data: PreparedData;
  readonly runId: string;
  readonly trackingUri: string;
}

function programFor({ order, key, policy, training, data, runId, trackingUri }: ProgramParts): TrainingProgram {
  return {
    command: training.command,
    folder: order.policy.folder,
    timeLimitSeconds: training.timeLimitSeconds,
    environment: { MLFLOW_TRACKING_URI: trackingUri, MLFLOW_RUN_ID: runId },
    manifest: {
      contract: 1,
      key,
      model: order.model,
      task: policy.task.kind,
      strategy: order.strategy,
      asOf: order.asOf,
      data: data.files,
      columns: data.columns,
      ...(order.champion === undefined ? {} : { parentVersion: order.champion }),
      parameters: training.parameters,
      timeLimitSeconds: training.timeLimitSeconds,
      mlflow: { trackingUri, runId },
    },
  };
}

function notTrained({ code, says }: TrainingFailure): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: says, nonRetryable: true });
}

function toldMetrics(metrics: Readonly<Record<string, number>>): string {
  const told = Object.entries(metrics).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`);
  return told.length === 0 ? 'it told no figures' : told.slice(0, 5).join(', ');
}
