import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ApplicationFailure, type ChildWorkflowHandle, ParentClosePolicy, sleep, startChild, type Workflow } from '@temporalio/workflow';
import type { FollowingActivities } from '../activities/following.ts';
import type { ModelName } from '../domain/identity/names.ts';
import { type ChildName, childId, taskQueue } from '../domain/identity/workflow-ids.ts';
import type { LifecycleEffect } from '../domain/lifecycle/effect.ts';
import type { LifecycleEvent } from '../domain/lifecycle/event.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { endOf, reportOf } from './child-report.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';
import { retrain } from './retrain.ts';
import { rollBack } from './roll-back.ts';
import { rollOut } from './roll-out.ts';
import { typedAttributes } from './search-attributes.ts';
import { snapshotBaseline } from './snapshot-baseline.ts';

const turnMilliseconds = 1_000;

type Starting = Extract<LifecycleEffect, { kind: 'start-retrain' | 'start-roll-out' | 'start-roll-back' | 'start-baseline' }>;

/**
 * Starts a child under its fixed id and returns when it stands, so that a continue-as-new cannot lose it. A child of the same decision
 * that is there already is adopted, and what one has done is not done again; one of another decision is a failure to tell, but a
 * rollback waits for its turn.
 */
export async function start(
  effect: Starting,
  state: LifecycleState,
  place: Place,
  happened: (event: LifecycleEvent) => void,
): Promise<void> {
  const name = nameOf(effect);
  const { describeChild } = on<FollowingActivities>(place, 'control', `is a ${name} under way?`);
  for (;;) {
    const standing = await describeChild(name, state.model);
    const isSame = standing.state !== 'absent' && standing.decision === effect.by;
    if (standing.state === 'closed' && isSame && standing.status === 'COMPLETED') {
      return void happened(reportOf(name, effect.by, standing.report, Date.now()));
    }
    if (standing.state === 'running') {
      if (isSame || name === 'baseline') return;
      if (name !== 'rollback') throw busy(name, state.model);
      await sleep(turnMilliseconds);
      continue;
    }
    try {
      return follow(await begin(effect, state, place), effect, happened);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
}

function begin(effect: Starting, state: LifecycleState, place: Place): Promise<ChildWorkflowHandle<Workflow>> {
  const { model, policy, champion, previous, clock } = state;
  const common = { decision: effect.by, model };
  const known = champion === undefined ? {} : { champion };
  switch (effect.kind) {
    case 'start-retrain': {
      const { asOf, strategy, because } = effect;
      const order = { ...common, asOf, policy, strategy, because, ...known };
      return startChild(retrain, { ...under('retrain', effect, state, place, because), args: [order, place] });
    }
    case 'start-roll-out': {
      const { asOf, candidate } = effect;
      const summary = `version ${candidate} of ${model} goes into traffic`;
      return startChild(rollOut, {
        ...under('rollout', effect, state, place, summary),
        args: [{ ...common, asOf, policy, candidate, clock, ...known, ...(previous === undefined ? {} : { previous }) }, place],
      });
    }
    case 'start-roll-back': {
      const { because, who, from, to } = effect;
      const order = { ...common, because, by: who, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      return startChild(rollBack, {
        ...under('rollback', effect, state, place, because),
        taskQueue: taskQueue(place.installation, 'contain'),
        args: [order, place],
      });
    }
    case 'start-baseline': {
      const { asOf, version, heldOut } = effect;
      const order = {
        by: effect.by,
        model,
        policy,
        asOf,
        ...(version === undefined ? {} : { version }),
        ...(heldOut === undefined ? {} : { heldOut }),
      };
      return startChild(snapshotBaseline, { ...under('baseline', effect, state, place, `baseline of ${model}`), args: [order, place] });
    }
  }
}

function under(child: ChildName, effect: Starting, state: LifecycleState, place: Place, summary: string) {
  return {
    workflowId: childId(place.installation, child, state.model),
    parentClosePolicy: ParentClosePolicy.ABANDON,
    memo: { decision: effect.by },
    staticSummary: summary.slice(0, 190),
    ...(place.searchAttributes ? { typedSearchAttributes: typedAttributes({ model: state.model, decision: effect.by }) } : {}),
  };
}

/** The run that started a child also awaits it: a child that was terminated never rings. */
function follow(child: ChildWorkflowHandle<Workflow>, effect: Starting, happened: (event: LifecycleEvent) => void): void {
  const name = nameOf(effect);
  child.result().then(
    (report: unknown) => happened(reportOf(name, effect.by, report, Date.now())),
    (error: unknown) => happened(endOf(name, effect.by, statusOf(error), child.firstExecutionRunId)),
  );
}

function busy(name: ChildName, model: ModelName): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'ChildBusy',
    message: `a ${name} of ${model} for another decision is under way. Wait for it, or cancel it in Temporal's UI, then: anchorwatch resume ${model}`,
  });
}

function nameOf(effect: Starting): ChildName {
  switch (effect.kind) {
    case 'start-retrain':
      return 'retrain';
    case 'start-roll-out':
      return 'rollout';
    case 'start-roll-back':
      return 'rollback';
    case 'start-baseline':
      return 'baseline';
  }
}

function statusOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.cause.name : String(error);
}
