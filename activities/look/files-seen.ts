import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';
import type { Counted } from '../../domain/ledger/counting.port.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import type { SeenFile } from '../../domain/report/tell-unread.ts';
import type { LedgerDependencies, ModelLedger } from '../ledger/model-ledger.ts';
import { rowsOf } from '../ledger/rows-of.ts';

interface Sight {
  /** Absent: the model has none yet, so nothing was counted. */
  readonly grid: Grid | undefined;
  /** All that are known. */
  readonly segments: readonly Segment[];
  /** Of what became known since the window began. */
  readonly recent: readonly Entry[];
  readonly asOf: EventTime;
}

const everything = eventTime('9999-12-31');

/**
 * The files a look came upon, and what is wrong with those of which nothing could be counted. Without a grid these are all files there are: what
 * keeps a first grid from being cut would be told nowhere else.
 */
export async function filesSeen(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  { grid, segments, recent, asOf }: Sight,
): Promise<{ readonly files: readonly SeenFile[]; readonly uncounted: readonly Pick<Counted, 'anomalies'>[] }> {
  const hidden = await hiddenFiles(deps, ledger, segments, asOf);
  if (grid !== undefined) {
    const faults = new Map(recent.map(({ segment, fault }) => [segment, fault]));
    const counted = segments.filter(({ id }) => faults.has(id));
    return { files: [...counted.map((segment) => seenFile(segment, faults.get(segment.id))), ...hidden], uncounted: [] };
  }
  const files: SeenFile[] = [];
  const uncounted: Counted[] = [];
  const without = cutGrid(ledger.model, []);
  for (const segment of segments) {
    const rows = rowsOf(ledger.policy, segment);
    const isSound = (await deps.counting.days(rows)).length > 0;
    const counted = isSound ? undefined : await deps.counting.count({ ...rows, grid: without, before: [] });
    if (counted !== undefined) uncounted.push(counted);
    files.push(seenFile(segment, counted?.fault));
  }
  return { files: [...files, ...hidden], uncounted };
}

/**
 * Files of a source of which none is known yet. Without the column of their times they count as known since they were written, which a look
 * as of the past never sees; those that lack nothing are only to come.
 */
async function hiddenFiles(
  { sources, counting }: LedgerDependencies,
  { policy, applied }: ModelLedger,
  segments: readonly Segment[],
  asOf: EventTime,
): Promise<SeenFile[]> {
  const { predictions, outcomes } = policy.sources;
  if (predictions.from !== 'files' || (outcomes !== undefined && outcomes.from !== 'files')) return [];
  const known = new Set(segments.map(({ holds }) => holds));
  const isKnown = known.has('predictions') && (outcomes === undefined || known.has('outcomes'));
  if (isKnown) return [];
  const files: SeenFile[] = [];
  for (const segment of await sources.find(policy, applied.folder, everything)) {
    if (segment.knownAt <= asOf || known.has(segment.holds)) continue;
    const fault = await counting.fault(rowsOf(policy, segment));
    files.push(seenFile(segment, fault));
  }
  return files;
}

function seenFile(segment: Segment, fault: SeenFile['fault']): SeenFile {
  return { segment, ...(fault && { fault }) };
}
