import { continueAsNew, patched, setCurrentDetails } from '@temporalio/workflow';
import type { BaseliningActivities } from '../activities/baselining.ts';
import type { BaselineOverride } from '../domain/baseline/baseline.ts';
import type { EventTime } from '../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../domain/identity/names.ts';
import type { Outcome } from '../domain/identity/outcome.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import { addUp, type Counted, countInWaves } from './count-in-waves.ts';
import { ringTheDoorbell } from './doorbell.ts';
import { markOutcome } from './mark.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';

export interface BaselineOrder {
  /** Names the snapshot: the decision or the check that asked for it. */
  readonly by: string;
  readonly model: ModelName;
  readonly policy: AppliedPolicy;
  readonly asOf: EventTime;
  readonly version?: Version;
  readonly heldOut?: Digest;
  /** Nothing of production before it is meant. */
  readonly since?: EventTime;
  /** A person takes production's first days whether they are steady or not. */
  readonly anyway?: BaselineOverride;
}

export interface BaselineReport {
  readonly outcome: Outcome;
  readonly baseline?: Digest;
  readonly version?: Version;
  readonly says: string;
}

/**
 * Records what healthy looks like. Without enough to look at it says what is missing and takes none; days that are not steady it refuses,
 * and the entity hears once of each stretch that was. Days of production
 * are counted in waves first, by whoever counts.
 *
 * @param before what the runs of this snapshot before this one have left
 */
export async function snapshotBaseline(order: BaselineOrder, place: Place, before?: Counted): Promise<BaselineReport> {
  const { by, ...what } = order;
  const { model, policy, asOf } = order;
  setCurrentDetails(`Taking the baseline of ${order.model}${order.version === undefined ? '' : ` version ${order.version}`}.`);
  const { takeBaseline, cutFirstGrid } = on<BaseliningActivities>(place, 'heavy', `baseline of ${order.model}`);
  if (order.heldOut === undefined && patched('count-before-judging')) {
    if (before === undefined) await cutFirstGrid(what);
    const { counted, left, isGettingOn } = addUp(before, await countInWaves({ model, policy, asOf }, place));
    if (isGettingOn) return continueAsNew<typeof snapshotBaseline>(order, place, { counted, left });
  }
  const taken = await takeBaseline(what);

  if (taken.baseline !== undefined) {
    await ringTheDoorbell(place, order.model, {
      eventId: `${by}/baseline-taken`,
      kind: 'baseline-taken',
      baseline: taken.baseline,
      ...(order.version === undefined ? {} : { version: order.version }),
      says: taken.says,
    });
  }
  if (taken.refused !== undefined) {
    await ringTheDoorbell(place, order.model, {
      eventId: `baseline-refused-${taken.refused.from}-${taken.refused.to}`,
      kind: 'baseline-refused',
      asOf: order.asOf,
      ...(order.version === undefined ? {} : { version: order.version }),
      says: taken.says,
    });
  }
  markOutcome(place, taken.outcome);
  setCurrentDetails(taken.says);
  return {
    outcome: taken.outcome,
    ...(taken.baseline === undefined ? {} : { baseline: taken.baseline }),
    ...(order.version === undefined ? {} : { version: order.version }),
    says: taken.says,
  };
}
