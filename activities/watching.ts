import { createHash } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { EventTime } from '../domain/identity/event-time.ts';
import type { Digest } from '../domain/identity/names.ts';
import type { Policy, RolloutRules } from '../domain/policy/policy.ts';
import type { Exposure } from '../domain/rollout/exposure.ts';
import { judgeStep, type StepJudgement, stepDeadline } from '../domain/rollout/judge-step.ts';
import { planStep } from '../domain/rollout/plan-step.ts';
import { checkpointOf, foldSegment, openFold, type WatchFold } from '../domain/rollout/watch-fold.ts';
import type { WatchCheckpoint, WatchHeartbeat, WatchStepOrder, WatchStepResult } from '../domain/rollout/watch-step.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';
import type { PredictionRecord } from '../domain/traffic/record.ts';
import type { SealedLog } from '../domain/traffic/sealed-log.port.ts';
import { readSegmentName } from '../domain/traffic/segment-name.ts';

const pollMilliseconds = 250;
/** Segments folded between two checkpoints while catching up. */
const segmentsPerCheckpoint = 50;

interface Dependencies {
  readonly artefacts: Artefacts;
  readonly log: SealedLog;
}

/** The watch over a rollout's step: a fold over sealed segments, judged after each. */
export function createWatchingActivities(dependencies: Dependencies) {
  return {
    /**
     * Folds the log from the last checkpoint on until a judgement ends the step. The result depends on the log alone: each segment is
     * judged by itself, in order, up to the step's deadline. Waiting heartbeats carry {@link WatchHeartbeat}.
     */
    async watchStep(order: WatchStepOrder): Promise<WatchStepResult> {
      const rules = await rulesOf(dependencies.artefacts, order);
      const checkpoint = await lastCheckpoint(dependencies.artefacts, order);
      return await new StepWatch(dependencies, order, rules, checkpoint).run();
    },
  };
}

export type WatchingActivities = ReturnType<typeof createWatchingActivities>;

/** One attempt at watching one step. */
class StepWatch {
  private readonly dependencies: Dependencies;
  private readonly order: WatchStepOrder;
  private readonly rules: RolloutRules;
  private readonly deadline: EventTime;
  private fold: WatchFold;
  private last: WatchHeartbeat;

  constructor(dependencies: Dependencies, order: WatchStepOrder, rules: RolloutRules, checkpoint: WatchCheckpoint | undefined) {
    this.dependencies = dependencies;
    this.order = order;
    this.rules = rules;
    this.deadline = stepDeadline(rules, order.startedAtEvent);
    this.fold = openFold(order, checkpoint);
    this.last = lastHeartbeat() ?? { says: planStep(rules, order.step) };
  }

  async run(): Promise<WatchStepResult> {
    for (;;) {
      Context.current().heartbeat(this.last);
      const watermark = await this.dependencies.log.watermark(this.order.model);
      const ended = (await this.foldNewSegments()) ?? (await this.judgeSilence(watermark));
      if (ended !== undefined) return ended;
      await Context.current().sleep(pollMilliseconds);
    }
  }

  private async foldNewSegments(): Promise<WatchStepResult | undefined> {
    const { log } = this.dependencies;
    const segments = await log.segmentsAfter(this.order.model, this.fold.segment);
    for (const [index, name] of segments.entries()) {
      Context.current().cancellationSignal.throwIfAborted();
      const knownAt = readSegmentName(name)?.knownAt as EventTime;
      if (knownAt > this.deadline) return await this.judgeSilence(knownAt);
      const exposures = exposuresOf(await log.read(this.order.model, name), this.order);
      this.fold = foldSegment(this.fold, { name, knownAt }, exposures, this.order, this.rules.guardrails.errors.harmMargin);
      const judgement = this.judge();
      if (judgement.outcome !== 'continue') return await this.end(judgement);
      if (index === segments.length - 1 || (index + 1) % segmentsPerCheckpoint === 0) await this.goOn(judgement);
    }
    return undefined;
  }

  /** Time that passed without traffic may end a step; it never passes one. */
  private async judgeSilence(known: EventTime | undefined): Promise<WatchStepResult | undefined> {
    const watermark = latest(known, this.fold.watermark);
    if (watermark === undefined || watermark === this.last.watermark) return undefined;
    this.fold = { ...this.fold, watermark: earliest(watermark, this.deadline) };
    const judgement = this.judge();
    if (watermark >= this.deadline) return await this.end(judgement);
    await this.goOn(judgement);
    return undefined;
  }

  private judge(): StepJudgement {
    return judgeStep(this.rules, this.fold, this.order.step, this.order.startedAtEvent);
  }

  private async goOn({ says }: StepJudgement): Promise<void> {
    const checkpoint = await this.save();
    this.last = { watermark: this.fold.watermark as EventTime, checkpoint, says };
    Context.current().heartbeat(this.last);
  }

  private async end({ outcome, says }: StepJudgement): Promise<WatchStepResult> {
    return {
      outcome: outcome as WatchStepResult['outcome'],
      checkpoint: await this.save(),
      watermark: this.fold.watermark as EventTime,
      says,
    };
  }

  private async save(): Promise<Digest> {
    return await this.dependencies.artefacts.save(checkpointOf(this.fold, this.order));
  }
}

function lastHeartbeat(): WatchHeartbeat | undefined {
  return Context.current().info.heartbeatDetails as WatchHeartbeat | undefined;
}

async function rulesOf(artefacts: Artefacts, order: WatchStepOrder): Promise<RolloutRules> {
  const policy = await artefacts.read<Policy>('policy', order.policy);
  if (policy?.rollout !== undefined) return policy.rollout;
  throw ApplicationFailure.create({
    type: 'RolloutRulesMissing',
    message: `Step ${order.step + 1} of ${order.decision} cannot be watched: policy ${order.policy} ${policy === undefined ? 'is not in the store' : 'has no rollOut'}. Apply a policy with rollOut and decide again.`,
    nonRetryable: true,
  });
}

/** Where an earlier attempt left off, else where the step before did. */
async function lastCheckpoint(artefacts: Artefacts, order: WatchStepOrder): Promise<WatchCheckpoint | undefined> {
  const digest = lastHeartbeat()?.checkpoint ?? order.checkpoint;
  if (digest === undefined) return undefined;
  const checkpoint = await artefacts.read<WatchCheckpoint>('watch-checkpoint', digest);
  if (checkpoint !== undefined) return checkpoint;
  throw ApplicationFailure.create({
    type: 'CheckpointMissing',
    message: `Step ${order.step + 1} of ${order.decision} cannot go on: its checkpoint ${digest} is not in the store. Restore it, or roll back and decide again.`,
    nonRetryable: true,
  });
}

/** The records of this rollout, without names of people. */
function exposuresOf(records: readonly PredictionRecord[], order: WatchStepOrder): Exposure[] {
  return records
    .filter((record) => record.epoch >= order.firstEpoch && record.version === order[record.arm])
    .map((record) => ({
      id: record.id,
      time: record.time,
      unit: createHash('sha256').update(`${order.decision}/${record.unit}`).digest('hex').slice(0, 12),
      arm: record.arm,
      epoch: record.epoch,
      candidateShare: record.candidateShare,
      erred: record.status >= 500,
    }));
}

function latest(a: EventTime | undefined, b: EventTime | undefined): EventTime | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

function earliest(a: EventTime, b: EventTime): EventTime {
  return a <= b ? a : b;
}
