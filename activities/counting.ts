import type { EventTime } from '../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../domain/identity/names.ts';
import type { AnomalyKind } from '../domain/ledger/entry.ts';
import type { Segment } from '../domain/ledger/segment.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import { countedSegments, entryOf } from './ledger/entries.ts';
import { currentGrid } from './ledger/grids.ts';
import { lookAgain, seenSegments } from './ledger/looks.ts';
import { type LedgerDependencies, openLedger } from './ledger/model-ledger.ts';
import { rowsOf, segmentsBefore } from './ledger/rows-of.ts';

const mostSegments = 200;

export interface FindOrder {
  readonly model: ModelName;
  readonly policy: AppliedPolicy;
  readonly asOf: EventTime;
  /** Absent: the model's. */
  readonly grid?: Digest;
  /** Segments known before are not meant. */
  readonly since?: EventTime;
}

export interface FoundSegments {
  /** Absent: the model has none yet. */
  readonly grid?: Digest;
  readonly segments: readonly Segment[];
  readonly more?: number;
}

export function createCountingActivities(deps: LedgerDependencies) {
  return {
    /**
     * Looks at the model's sources. Without a grid nothing can be counted yet: the first baseline cuts one.
     *
     * @returns segments known by `asOf` that are not counted on the grid, oldest first, at most 200, and how many more there are
     */
    async findSegments(order: FindOrder): Promise<FoundSegments> {
      const ledger = await openLedger(deps, order);
      const segments = await lookAgain(deps, ledger, order.asOf);
      const grid = order.grid ?? (await currentGrid(deps.store, order.model, order.asOf));
      if (grid === undefined) return { segments: [] };
      const counted = await countedSegments(deps.store, ledger, grid);
      const uncounted = segments.filter(({ id, knownAt }) => !counted.has(id) && (order.since === undefined || knownAt >= order.since));
      return { grid, segments: uncounted.slice(0, mostSegments), more: Math.max(0, uncounted.length - mostSegments) };
    },

    /** Counts one segment that was found; harmless to repeat, and to run beside others in any order: the entry is the same. */
    async countSegment(order: {
      model: ModelName;
      policy: AppliedPolicy;
      grid: Digest;
      segment: Segment;
    }): Promise<{ entry: Digest; rows: number; anomalies: Readonly<Partial<Record<AnomalyKind, number>>> }> {
      const ledger = await openLedger(deps, order);
      const before = async () => {
        const segments = await seenSegments(deps.store, order.model, order.segment.knownAt);
        return segmentsBefore(segments, order.segment, ledger.policy);
      };
      const { digest, entry } = await entryOf(deps, ledger, order.grid, rowsOf(ledger.policy, order.segment), before);
      return { entry: digest, rows: entry.partitions.reduce((sum, { rows }) => sum + rows, 0), anomalies: entry.anomalies };
    },
  };
}

export type CountingActivities = ReturnType<typeof createCountingActivities>;
