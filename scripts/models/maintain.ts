import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import { checkId, entityId, taskQueue, tidyId } from '../../domain/identity/workflow-ids.ts';
import { beginAgain } from '../../domain/lifecycle/begin-again.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { newestRules } from '../../domain/lifecycle/rules.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { checkDrift } from '../../workflows/check-drift.ts';
import { maintainModel } from '../../workflows/maintain-model.ts';
import type { CommandAnswer } from '../../workflows/messages.ts';
import { typedAttributes } from '../../workflows/search-attributes.ts';
import { tidy } from '../../workflows/tidy.ts';
import { give, readStatus } from './entity.ts';
import type { Session } from './session.ts';
import { lastSnapshot } from './snapshots.ts';

const tidyEvery = '15 minutes';
const catchupWindow = '1 day';

/**
 * Applies a policy: begins to maintain the model, or changes how. Safe to repeat.
 * @throws Error when a replay has no time to begin at, or the model's entity was lost
 */
export async function maintain(
  session: Session,
  policy: Policy,
  applied: AppliedPolicy,
  about: { readonly who: string; readonly clock: 'live' | 'replay'; readonly asOf?: EventTime },
): Promise<CommandAnswer> {
  const standing = await readStatus(session, policy.model);
  const clock = standing?.state.clock ?? about.clock;
  if (standing === undefined) await startEntity(session, await stateToBeginWith(session, policy, applied, { ...about, clock }));
  await ensureCheckSchedule(session, policy, clock);
  await ensureTidySchedule(session);
  const asOf = about.asOf ?? standing?.state.asOf ?? (clock === 'live' ? eventTime(Date.now()) : undefined);
  return give(session, policy.model, { kind: 'policy-applied', policy: applied, who: about.who, ...(asOf === undefined ? {} : { asOf }) });
}

async function stateToBeginWith(
  { ports }: Session,
  { model, mode }: Policy,
  applied: AppliedPolicy,
  { clock, asOf }: { readonly clock: 'live' | 'replay'; readonly asOf?: EventTime },
): Promise<LifecycleState> {
  const ended = await lastSnapshot(ports, model);
  if (ended !== undefined && ended.phase.at !== 'retired')
    throw new Error(`${model} was maintained before and its entity is gone. First: anchorwatch recover ${model}; then apply the policy.`);
  const state = ended === undefined ? firstState(model, applied, clock, asOf) : beginAgain(ended, applied, clock, asOf);
  if (clock === 'replay' && mode !== 'watch' && state.asOf === undefined)
    throw new Error(
      'In a replay time comes with the data. Say where the clock stands at first: --as-of <time>, such as --as-of 2011-04-01.',
    );
  return state;
}

/** Goes on from a snapshot: what was under way is looked for at once, and what was done meanwhile without Temporal is taken over. */
export async function maintainFrom(session: Session, policy: Policy, state: LifecycleState): Promise<void> {
  await startEntity(session, state);
  await ensureCheckSchedule(session, policy, state.clock);
  await ensureTidySchedule(session);
  await session.client.schedule.getHandle(tidyId(session.place.installation)).trigger(ScheduleOverlapPolicy.SKIP);
}

/** Only `apply` and `recover` begin a model's life. */
async function startEntity({ client, place }: Session, state: LifecycleState): Promise<void> {
  await client.workflow.start(maintainModel, {
    workflowId: entityId(place.installation, state.model),
    taskQueue: taskQueue(place.installation, 'control'),
    args: [{ rules: newestRules, state, inbox: [] }, place],
    staticSummary: `keeps ${state.model} healthy`,
    staticDetails: `One entity for the whole life of **${state.model}**. Its current details say what it waits for. Pausing: \`anchorwatch pause ${state.model}\`. Ending: \`anchorwatch retire ${state.model}\`.`,
    workflowIdConflictPolicy: 'USE_EXISTING',
    ...(place.searchAttributes ? { typedSearchAttributes: typedAttributes({ model: state.model, phase: state.phase.at }) } : {}),
  });
}

/** In a replay the Schedule is paused: slots are backfilled as the data reaches them. */
async function ensureCheckSchedule({ client, place }: Session, { model, watch }: Policy, clock: 'live' | 'replay'): Promise<void> {
  const scheduleId = checkId(place.installation, model);
  const spec = { cronExpressions: [watch.schedule] };
  const action = {
    type: 'startWorkflow' as const,
    workflowType: checkDrift,
    workflowId: scheduleId,
    taskQueue: taskQueue(place.installation, 'control'),
    args: [model, place] as [typeof model, typeof place],
    staticSummary: `check ${model}`,
    ...(place.searchAttributes ? { typedSearchAttributes: typedAttributes({ model }) } : {}),
  };
  const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow };
  try {
    await client.schedule.create({
      scheduleId,
      spec,
      action,
      policies,
      state: clock === 'replay' ? { paused: true, note: 'replay: slots are backfilled as the data reaches them' } : {},
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update((previous) => ({ ...previous, spec, action, policies }));
  }
}

async function ensureTidySchedule({ client, place }: Session): Promise<void> {
  const scheduleId = tidyId(place.installation);
  try {
    await client.schedule.create({
      scheduleId,
      spec: { intervals: [{ every: tidyEvery }] },
      action: {
        type: 'startWorkflow',
        workflowType: tidy,
        workflowId: scheduleId,
        taskQueue: taskQueue(place.installation, 'control'),
        args: [place],
        staticSummary: 'undo what belongs to nothing open',
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}

export async function dropCheckSchedule({ client, place }: Session, policy: Pick<Policy, 'model'>): Promise<void> {
  try {
    await client.schedule.getHandle(checkId(place.installation, policy.model)).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
