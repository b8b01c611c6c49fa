import type { EventTime } from '../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../domain/identity/names.ts';
import type { AnomalyKind } from '../domain/ledger/entry.ts';
import type { Segment } from '../domain/ledger/segment.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import {
  countedSegments,
  currentGrid,
  entryOf,
  type LedgerDependencies,
  lookAgain,
  openLedger,
  rowsOf,
  seenSegments,
  segmentsBefore,
} from './ledger.ts';

const mostSegments = 200;

export function createCountingActivities(deps: LedgerDependencies) {
  return {
    /**
     * Looks at the model's sources. Without a grid nothing can be counted yet: the first baseline cuts one.
     *
     * @returns segments known by `asOf` that are not counted on the model's grid, oldest first, at most 200: ask again after counting
     */
    async findSegments(order: {
      model: ModelName;
      policy: AppliedPolicy;
      asOf: EventTime;
    }): Promise<{ grid?: Digest; segments: Segment[] }> {
      const ledger = await openLedger(deps, order);
      const segments = await lookAgain(deps, ledger, order.asOf);
      const grid = await currentGrid(deps.store, order.model);
      if (grid === undefined) return { segments: [] };
      const counted = await countedSegments(deps.store, ledger, grid);
      return { grid, segments: segments.filter(({ id }) => !counted.has(id)).slice(0, mostSegments) };
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
