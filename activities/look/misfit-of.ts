import { gridMisfit, outsideGrid } from '../../domain/baseline/grid-misfit.ts';
import { daysBetween, type EventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import type { AssessmentInput } from '../../domain/report/assessment-input.ts';
import { readSwitches } from '../ledger/grids.ts';
import { isNewestLook } from '../ledger/looks.ts';
import type { LedgerDependencies } from '../ledger/model-ledger.ts';
import { rowsOf } from '../ledger/rows-of.ts';

/**
 * Why the grid of a check no longer fits, held against the rows of its newest day. Asked at the newest look alone, and once in a window's
 * time; a new version's baseline is provisional, and so is its grid.
 *
 * What left the grid is asked only of one that has lasted as long as all history before it: a column that never comes back, such as a
 * counter, leaves every grid, and each cut counts that history again. So all cuts together cost no more than twice the history.
 */
export async function misfitOf(
  { counting, store }: LedgerDependencies,
  { policy, grid, baseline, windowDays, asOf }: AssessmentInput,
  segments: readonly Segment[],
  entries: readonly Entry[],
): Promise<string | undefined> {
  if (baseline === undefined || baseline.body.from === 'held-out') return undefined;
  const newestSwitch = (await readSwitches(store, policy.model)).at(-1);
  const isYoung = newestSwitch !== undefined && plusDays(newestSwitch.asOf, policy.watch.windowDays) > asOf;
  if (isYoung || !(await isNewestLook(store, policy.model, asOf))) return undefined;
  const newest = newestPredictions(segments, entries);
  const rows = newest === undefined ? [] : [rowsOf(policy, newest)];
  const sample = await counting.sample({ rows, declared: policy.columns.declared });
  const misfit = gridMisfit(policy, grid, sample);
  if (misfit !== undefined || !hasLasted(newestSwitch?.asOf, baseline.body.window.from, asOf)) return misfit;
  return outsideGrid(policy, grid, { baseline: baseline.days, window: windowDays.inputs });
}

function hasLasted(since: EventTime | undefined, begun: EventTime, asOf: EventTime): boolean {
  return since === undefined || daysBetween(since, asOf) >= daysBetween(begun, since);
}

/** By the days in them: a file may be found long after it was written. */
function newestPredictions(segments: readonly Segment[], entries: readonly Entry[]): Segment | undefined {
  const predictions = new Map(segments.filter(({ holds }) => holds === 'predictions').map((segment) => [segment.id, segment]));
  let newest: { readonly day: string; readonly segment: Segment } | undefined;
  for (const { segment: id, partitions } of entries) {
    const segment = predictions.get(id);
    for (const { day } of segment === undefined ? [] : partitions)
      if (segment !== undefined && (newest === undefined || day >= newest.day)) newest = { day, segment };
  }
  return newest?.segment;
}
