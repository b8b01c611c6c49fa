import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import type { DecidingActivities } from '../activities/deciding.ts';
import type { RecordingActivities } from '../activities/recording.ts';
import type { RegisteringActivities } from '../activities/registering.ts';
import { childId } from '../domain/identity/workflow-ids.ts';
import { chained } from '../domain/lifecycle/acknowledge.ts';
import { decisionState } from '../domain/lifecycle/decision-state.ts';
import type { LifecycleEffect } from '../domain/lifecycle/effect.ts';
import type { LifecycleEvent } from '../domain/lifecycle/event.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { start } from './children.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';

/** Effects of one lane are done in order; a webhook or a registry that is down must not keep a rollback waiting. */
export const lanes = ['steer', 'record', 'tell', 'registry'] as const;

export type Lane = (typeof lanes)[number];

export function laneOf(effect: LifecycleEffect): Lane {
  switch (effect.kind) {
    case 'audit':
      return 'record';
    case 'notify':
      return 'tell';
    case 'close-candidate':
      return 'registry';
    default:
      return 'steer';
  }
}

type Of<K extends LifecycleEffect['kind']> = Extract<LifecycleEffect, { kind: K }>;
type Settle = (state: LifecycleState) => LifecycleState;

const asItWas: Settle = (state) => state;

/**
 * Does one effect outside. What comes of it is told as events; what it returns is applied to the state together with the effect's
 * acknowledgement. A failure that no retry can mend becomes an event too: the entity never dies of an effect.
 */
export async function perform(
  effect: LifecycleEffect,
  now: () => LifecycleState,
  place: Place,
  happened: (event: LifecycleEvent) => void,
): Promise<Settle> {
  try {
    return await carryOut(effect, now, place, happened);
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error;
    const code = cause instanceof ApplicationFailure ? (cause.type ?? 'Failure') : 'Failure';
    const says = cause instanceof Error ? cause.message : String(cause);
    happened({ eventId: `${effect.key}/failed`, kind: 'effect-failed', effect: effect.key, what: effect.kind, code, says });
    return asItWas;
  }
}

async function carryOut(
  effect: LifecycleEffect,
  now: () => LifecycleState,
  place: Place,
  happened: (event: LifecycleEvent) => void,
): Promise<Settle> {
  switch (effect.kind) {
    case 'ask-decision':
      happened(await askDecision(effect, now(), place));
      return asItWas;
    case 'start-retrain':
    case 'start-roll-out':
    case 'start-roll-back':
    case 'start-baseline':
      await start(effect, now(), place, happened);
      return asItWas;
    case 'cancel':
      await cancelChild(effect, now(), place);
      return asItWas;
    case 'close-candidate':
      await closeCandidate(effect, now(), place);
      return asItWas;
    case 'audit':
      return appendAudit(effect, now(), place);
    case 'notify':
      await notify(effect, now(), place);
      return asItWas;
  }
}

async function askDecision(effect: Of<'ask-decision'>, state: LifecycleState, place: Place): Promise<LifecycleEvent> {
  const { request, reports, asOf } = effect;
  const source = request === undefined ? (reports.length > 0 ? 'report' : 'schedule') : request.emergency ? 'emergency' : 'operator';
  const { decision, digest, action, because } = await on<DecidingActivities>(place, 'control', `decide as of ${asOf}`).decide({
    model: state.model,
    policy: state.policy,
    reports,
    state: decisionState(state),
    asOf,
    source,
    ...(request === undefined ? {} : { request: { kind: 'retrain', ...request } }),
  });
  return {
    eventId: `${effect.key}/decided`,
    kind: 'decided',
    decision,
    digest,
    action,
    asOf,
    stateRevision: state.revision,
    because,
    source,
    ...(effect.alarm ? { alarm: effect.alarm } : {}),
    ...(request === undefined ? {} : { request }),
  };
}

async function cancelChild({ child }: Of<'cancel'>, state: LifecycleState, place: Place): Promise<void> {
  try {
    await getExternalWorkflowHandle(childId(place.installation, child, state.model)).cancel();
  } catch (error) {
    log.info(`no ${child} was under way`, { error });
  }
}

async function closeCandidate(effect: Of<'close-candidate'>, { model }: LifecycleState, place: Place): Promise<void> {
  const { key, candidate, status, reason } = effect;
  await on<RegisteringActivities>(place, 'control', `version ${candidate}: ${status}`).closeCandidate({
    key,
    model,
    version: candidate,
    status,
    reason,
  });
}

async function appendAudit(effect: Of<'audit'>, { model, audit }: LifecycleState, place: Place): Promise<Settle> {
  const { key, what, says, evidence, asOf } = effect;
  const written = await on<RecordingActivities>(place, 'control', `audit: ${what}`).appendAudit({
    model,
    key,
    seq: audit.next,
    ...(audit.head === undefined ? {} : { previous: audit.head }),
    what,
    says,
    ...(evidence === undefined ? {} : { evidence }),
    ...(asOf === undefined ? {} : { asOf }),
  });
  return (state) => chained(state, written);
}

async function notify(effect: Of<'notify'>, { model, policy }: LifecycleState, place: Place): Promise<void> {
  const patience = { scheduleToCloseTimeout: '1 day' } as const;
  const { key, severity, says } = effect;
  await on<RecordingActivities>(place, 'control', `tell people (${severity})`, patience).notify(policy.digest, {
    key,
    model,
    severity,
    text: says,
  });
}
