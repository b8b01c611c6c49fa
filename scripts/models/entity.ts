import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { entityId } from '../../domain/identity/workflow-ids.ts';
import type { Command } from '../../domain/lifecycle/refusal.ts';
import type { maintainModel } from '../../workflows/maintain-model.ts';
import { type CommandAnswer, command, type EntityStatus, status } from '../../workflows/messages.ts';
import type { Session } from './session.ts';

const answerWithinMilliseconds = 60_000;
const betweenAsksMilliseconds = 250;
const failedPrecondition = 9;

export type EntityHandle = WorkflowHandle<typeof maintainModel>;

/** A command of a person, without the id that makes it one event however often it is sent. */
export type Asked = Command extends infer C ? (C extends Command ? Omit<C, 'eventId'> : never) : never;

export function entityOf({ client, place }: Session, model: ModelName): EntityHandle {
  return client.workflow.getHandle<typeof maintainModel>(entityId(place.installation, model));
}

/**
 * @returns undefined when the model is not maintained
 * @throws Error with the remedy when no worker answers in a minute
 */
export async function readStatus(session: Session, model: ModelName): Promise<EntityStatus | undefined> {
  try {
    const handle = entityOf(session, model);
    const { status: run } = await handle.describe();
    if (run.name !== 'RUNNING') return undefined;
    return await answered(session, model, () => handle.query(status));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw isUnanswered(error) ? noWorker(model) : error;
  }
}

/** @throws Error saying how to begin when the model is not maintained */
export async function requireStatus(session: Session, model: ModelName): Promise<EntityStatus> {
  const found = await readStatus(session, model);
  if (found !== undefined) return found;
  throw new Error(
    `${model} is not maintained here. Begin with: anchorwatch apply <its anchorwatch.yaml>, or, if its entity was lost: anchorwatch recover ${model}`,
  );
}

/**
 * Gives a command and waits until it has taken effect.
 * @throws Error with the entity's reason when the command makes no sense now, or when no worker answers in a minute
 */
export async function give(session: Session, model: ModelName, asked: Asked): Promise<CommandAnswer> {
  const eventId = `${asked.kind}-${randomUUID()}`;
  try {
    return await answered(session, model, () =>
      entityOf(session, model).executeUpdate(command, { args: [{ ...asked, eventId } as Command], updateId: eventId }),
    );
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) throw new Error(error.cause.message);
    if (error instanceof WorkflowNotFoundError) await requireStatus(session, model);
    throw isUnanswered(error) ? noWorker(model) : error;
  }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error);
}

function noWorker(model: ModelName): Error {
  return new Error(`No worker answered for ${model} within ${answerWithinMilliseconds / 1000} s. See whether one runs: anchorwatch doctor`);
}

/** The server has seen no worker for a while: it may be starting again this moment. */
function isWithoutWorker(error: unknown): boolean {
  return error instanceof ServiceError && isGrpcServiceError(error.cause) && error.cause.code === failedPrecondition;
}

/** Asks again while the minute lasts: a server gives up a query after ten seconds, and a busy worker may take longer. */
async function answered<T>({ client }: Session, model: ModelName, ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + answerWithinMilliseconds;
  for (;;) {
    try {
      return await client.withDeadline(deadline, ask);
    } catch (error) {
      if (!isGrpcDeadlineError(error) && !isWithoutWorker(error)) throw error;
      await sleep(betweenAsksMilliseconds);
      if (Date.now() < deadline) continue;
      throw new Error(`No worker answered for ${model} within a minute. Look whether one runs: anchorwatch doctor`, { cause: error });
    }
  }
}

/** The model's own clock: in a replay time stands where its data stands. */
export async function modelTime(session: Session, model: ModelName): Promise<EventTime> {
  const { state } = await requireStatus(session, model);
  return state.clock === 'replay' && state.asOf !== undefined ? state.asOf : eventTime(Date.now());
}
