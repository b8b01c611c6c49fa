import { continueAsNew, setCurrentDetails } from '@temporalio/workflow';
import type { RegriddingActivities } from '../activities/regridding.ts';
import type { EventTime } from '../domain/identity/event-time.ts';
import type { Digest, ModelName, Version } from '../domain/identity/names.ts';
import type { Outcome } from '../domain/identity/outcome.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import { addUp, type Counted, countInWaves } from './count-in-waves.ts';
import { ringTheDoorbell } from './doorbell.ts';
import { markOutcome } from './mark.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';

export interface RegridOrder {
  readonly model: ModelName;
  readonly policy: AppliedPolicy;
  /** The last look on the old grid. */
  readonly asOf: EventTime;
  readonly baseline: Digest;
  /** The champion's; absent where none of ours serves. */
  readonly version?: Version;
  readonly because: string;
}

export interface RegridReport {
  readonly outcome: Outcome;
  readonly grid?: Digest;
  readonly baseline?: Digest;
  readonly segmentsCounted: number;
  readonly says: string;
}

/** What the runs of a regridding before this one have done. */
interface Before extends Counted {
  readonly grid: Digest;
  readonly since: EventTime;
}

/**
 * Cuts a grid anew, counts on it whatever a check may look at, and only then makes it the model's, together with the baseline. Until then
 * checks go on with the grid they have; what was reported before stays, for entries of the old grid do.
 */
export async function regrid(order: RegridOrder, place: Place, before?: Before): Promise<RegridReport> {
  const { version, ...what } = order;
  const { model, policy, asOf } = order;
  setCurrentDetails(`Cutting the grid of ${model} anew: ${order.because}`);
  const { cutAnew, switchGrid } = on<RegriddingActivities>(place, 'heavy', `grid of ${model}`);
  const cut = before ?? (await cutAnew(what));
  if ('outcome' in cut && cut.outcome === 'inconclusive') {
    return ended(place, { outcome: 'inconclusive', segmentsCounted: 0, says: cut.says });
  }

  const { grid, since } = cut;
  setCurrentDetails(`Counting ${model} on its new grid.`);
  const { counted, left, isGettingOn } = addUp(before, await countInWaves({ model, policy, asOf, grid, since }, place));
  if (isGettingOn) return continueAsNew<typeof regrid>(order, place, { grid, since, counted, left });

  const { baseline, says } = await switchGrid({ ...what, grid });
  await ringTheDoorbell(place, model, {
    eventId: `regridded-${baseline}`,
    kind: 'baseline-taken',
    baseline,
    replaces: order.baseline,
    ...(version === undefined ? {} : { version }),
    says,
  });
  return ended(place, { outcome: 'pass', grid, baseline, segmentsCounted: counted, says });
}

function ended(place: Place, report: RegridReport): RegridReport {
  markOutcome(place, report.outcome);
  setCurrentDetails(report.says);
  return report;
}
