import { defineSearchAttributeKey, SearchAttributeType, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { continueAsNew, executeChild, ParentClosePolicy, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { AssessingActivities } from '../activities/assessing.ts';
import type { FollowingActivities, WatchedModel } from '../activities/following.ts';
import type { RegisteringActivities } from '../activities/registering.ts';
import { type EventTime, eventTime } from '../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../domain/identity/names.ts';
import type { Outcome, Severity } from '../domain/identity/outcome.ts';
import { childId, regridId } from '../domain/identity/workflow-ids.ts';
import { addUp, type Counted, countInWaves } from './count-in-waves.ts';
import { ringTheDoorbell } from './doorbell.ts';
import { markOutcome } from './mark.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';
import { regrid } from './regrid.ts';
import { type BaselineOrder, type BaselineReport, snapshotBaseline } from './snapshot-baseline.ts';

const scheduledStart = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME);

export interface CheckReport {
  readonly model: ModelName;
  readonly asOf: EventTime;
  readonly outcome: Outcome;
  /** Absent where nothing could be looked at. */
  readonly severity?: Severity;
  readonly report?: Digest;
  readonly segmentsCounted: number;
  /** Bad input of the window, by kind; absent where nothing could be looked at. */
  readonly anomalies?: Readonly<Record<string, number>>;
  readonly says: readonly string[];
}

/**
 * One look at a model, as of the slot its Schedule meant it for: count what is new, sum the window, judge it against the baseline, tell
 * the entity. The slot is the only clock, so a look that runs late, or again, sees what it would have seen in time.
 *
 * @param at given by a person instead of a slot
 * @param before what the runs of this check before this one have left
 */
export async function checkDrift(model: ModelName, place: Place, at?: EventTime, before?: Counted): Promise<CheckReport> {
  const asOf = at ?? slot();
  const { askModel } = on<FollowingActivities>(place, 'control', `how ${model} stands`);
  const watched = await askModel(model);
  if (watched === undefined)
    return ended(place, { model, asOf, outcome: 'inconclusive', segmentsCounted: 0, says: [`${model} is not maintained.`] });

  setCurrentDetails(`Checking ${model} as of ${asOf}.`);
  const baseline = watched.baseline ?? (await firstBaseline(model, watched, asOf, place));
  const counting = addUp(before, await countInWaves({ model, policy: watched.policy, asOf }, place));
  const { counted: segmentsCounted, left } = counting;
  if (counting.isGettingOn) return continueAsNew<typeof checkDrift>(model, place, asOf, { counted: segmentsCounted, left });

  const { assess } = on<AssessingActivities>(place, 'heavy', `assess ${model} as of ${asOf}`);
  const { report, outcome, severity, alarm, subjects, says, anomalies, ownDaysSince, misfit } = await assess({
    model,
    policy: watched.policy,
    ...(baseline === undefined ? {} : { baseline }),
    ...(watched.champion === undefined ? {} : { version: watched.champion }),
    asOf,
    looksAtGrid: true,
  });
  await ringTheDoorbell(place, model, {
    eventId: `reported-${asOf}-${report.slice(0, 12)}`,
    kind: 'reported',
    report,
    asOf,
    alarm,
    ...(alarm ? { subjects } : {}),
    ...(outcome === 'inconclusive' ? { inconclusive: true } : {}),
    ...(watched.champion === undefined ? {} : { version: watched.champion }),
  });
  if (watched.champion !== undefined) {
    await on<RegisteringActivities>(place, 'control', 'report onto the run').recordReport({ model, version: watched.champion, report });
  }
  if (misfit !== undefined && baseline !== undefined) await cutAnew(model, watched, asOf, baseline, misfit, place);
  if (ownDaysSince !== undefined) await ownBaseline(model, watched, asOf, ownDaysSince, place);
  return ended(place, { model, asOf, outcome, severity, report, segmentsCounted, anomalies, says });
}

function slot(): EventTime {
  const { typedSearchAttributes, startTime } = workflowInfo();
  return eventTime(typedSearchAttributes.get(scheduledStart) ?? startTime);
}

/** A model that is only watched has no version of ours to take held-out rows from: its baseline is cut from what it did first. */
async function firstBaseline(model: ModelName, watched: WatchedModel, asOf: EventTime, place: Place): Promise<Digest | undefined> {
  if (watched.policy.mode !== 'watch') return undefined;
  const taken = await takeBaseline({ by: `check-${asOf}`, model, policy: watched.policy, asOf }, place, `first baseline of ${model}`);
  return taken?.baseline;
}

/** What a version was held against at first gives way to what it does itself, as soon as that is steady. */
async function ownBaseline(model: ModelName, { policy, champion }: WatchedModel, asOf: EventTime, since: EventTime, place: Place) {
  const order = { by: `check-${asOf}`, model, policy, asOf, since, ...(champion === undefined ? {} : { version: champion }) };
  await takeBaseline(order, place, `baseline of ${model} by days of its own`);
}

/** The next check is the first on the new grid. */
async function cutAnew(model: ModelName, watched: WatchedModel, asOf: EventTime, baseline: Digest, because: string, place: Place) {
  const { policy, champion } = watched;
  const order = { model, policy, asOf, baseline, because, ...(champion === undefined ? {} : { version: champion }) };
  try {
    await executeChild(regrid, {
      workflowId: regridId(place.installation, model),
      args: [order, place],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: because.slice(0, 190),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** One that is being taken already is left alone. */
async function takeBaseline(order: BaselineOrder, place: Place, staticSummary: string): Promise<BaselineReport | undefined> {
  try {
    return await executeChild(snapshotBaseline, {
      workflowId: childId(place.installation, 'baseline', order.model),
      args: [order, place],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary,
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
    throw error;
  }
}

function ended(place: Place, report: CheckReport): CheckReport {
  setCurrentDetails(report.says.join('\n\n'));
  markOutcome(place, report.outcome);
  return report;
}
