import { entriesOf } from '../../activities/ledger/entries.ts';
import { currentGrid } from '../../activities/ledger/grids.ts';
import { lookAgain } from '../../activities/ledger/looks.ts';
import { neededArtefact } from '../../activities/needed-artefact.ts';
import type { Backtest } from '../../domain/backtest/backtest.ts';
import type { AllLabels } from '../../domain/backtest/hindsight.ts';
import { wallTime } from '../../domain/calendar/wall-time.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { plusDays } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { outcomesAlone } from '../../domain/ledger/outcomes-alone.ts';
import { partitionsOf } from '../../domain/ledger/partitions-of.ts';
import { startOfDay } from '../../domain/ledger/start-of-day.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import type { History } from './open-history.ts';

/** Every outcome that came in the end; undefined when the policy names none. What no look saw is counted now. */
export async function allLabels({ deps, ledger, knownTo }: History, baseline: Backtest['baseline']): Promise<AllLabels | undefined> {
  const { policy, model } = ledger;
  if (policy.sources.outcomes === undefined) return undefined;
  const digest = (await currentGrid(deps.store, model, knownTo)) as Digest;
  const grid = await neededArtefact<Grid>(deps.artefacts, 'grid', digest);
  const segments = await lookAgain(deps, ledger, knownTo);
  const entries: Entry[] = [];
  for (const segment of segments) {
    for (const { entry } of await entriesOf(deps, ledger, digest, segments, [segment])) entries.push(withoutColumns(entry));
  }
  const { from, to, takenAt } = baseline;
  return {
    anchor: partitionsOf(entries, { from, to, knownBy: takenAt }),
    days: partitionsOf(entries, { from, to: plusDays(startOfDay(wallTime(knownTo, policy.timezone)), 1), knownBy: knownTo }),
    scale: outcomeScale(grid, policy.task.kind === 'classification' ? policy.task.positive : undefined),
    maturedTo: startOfDay(wallTime(plusDays(knownTo, -policy.labels.maturesAfterDays), policy.timezone)),
  };
}

/** A year of them is held at once. */
function withoutColumns(entry: Entry): Entry {
  return { ...entry, partitions: entry.partitions.map(outcomesAlone) };
}
