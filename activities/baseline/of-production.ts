import { assessStability } from '../../domain/baseline/assess-stability.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { partitionsOf } from '../../domain/ledger/partitions-of.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import { unversioned } from '../../domain/ledger/unversioned.ts';
import type { TimeSpan } from '../../domain/report/assessment-input.ts';
import { entriesOf } from '../ledger/entries.ts';
import type { LedgerDependencies, ModelLedger } from '../ledger/model-ledger.ts';
import { neededArtefact } from '../needed-artefact.ts';
import type { BaselineAnswer, BaselineOrder } from './baseline-order.ts';
import { findProduction } from './find-production.ts';
import { keepBaseline } from './keep-baseline.ts';
import { sayDays } from './say-baseline.ts';
import type { Stretch } from './stretch.ts';

/** The first days of production that are steady; refused, with the first that were not, where none are. */
export async function ofProduction(deps: LedgerDependencies, ledger: ModelLedger, order: BaselineOrder): Promise<BaselineAnswer> {
  const production = await findProduction(deps, ledger, order);
  if ('outcome' in production) return production;
  const { segments, grid, version } = production;
  const [first, ...later] = production.windows;
  const placed = await placeEntries(deps, ledger, grid, segments);
  const cells = await neededArtefact<Grid>(deps.artefacts, 'grid', grid);
  const stretchOf = async (window: TimeSpan): Promise<Stretch> => {
    const span = { ...window, knownBy: order.asOf, ...(version !== undefined && { version }) };
    const entries = placed.filter(({ days }) => days.some((day) => day >= window.from && day < window.to)).map(({ digest }) => digest);
    const bodies: Entry[] = [];
    for (const digest of entries) bodies.push(await neededArtefact<Entry>(deps.artefacts, 'entry', digest));
    const partitions = partitionsOf(bodies, span);
    return { window, entries, partitions, stability: assessStability(ledger.policy, cells, partitions) };
  };
  const keep = (stretch: Stretch, passedOver?: Stretch) =>
    keepBaseline(deps, {
      ledger,
      order,
      grid,
      from: 'production',
      version: version ?? stretch.partitions.at(-1)?.version ?? unversioned,
      ...stretch,
      ...(passedOver && { passedOver }),
    });
  const earliest = await stretchOf(first);
  if (earliest.stability.outcome !== 'fail' || order.anyway !== undefined) return keep(earliest);
  for (const window of later) {
    const stretch = await stretchOf(window);
    if (stretch.stability.outcome !== 'fail') return keep(stretch, earliest);
  }
  return refuse(ledger.model, grid, earliest, later.length);
}

interface PlacedEntry {
  readonly digest: Digest;
  /** When the days or hours it counts begin. */
  readonly days: readonly EventTime[];
}

/** Which days each segment's entry is about; what is not yet counted is counted now. Of a long history no more than one entry is held. */
async function placeEntries(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  grid: Digest,
  segments: readonly Segment[],
): Promise<PlacedEntry[]> {
  const placed: PlacedEntry[] = [];
  for (const segment of segments) {
    for (const { digest, entry } of await entriesOf(deps, ledger, grid, segments, [segment]))
      placed.push({ digest, days: entry.partitions.map(({ day }) => eventTime(day)) });
  }
  return placed;
}

function refuse(model: ModelName, grid: Digest, { window, stability }: Stretch, later: number): BaselineAnswer {
  const others = later === 0 ? '' : ` Nor is any of ${later} later stretches as long.`;
  return {
    outcome: 'fail',
    grid,
    refused: window,
    says: `Refused as a baseline: ${sayDays(window)} is not steady. ${stability.says}${others} Name columns that move by nature in columns.ignore, or take these days all the same: anchorwatch baseline ${model} --anyway --reason "…"`,
  };
}
