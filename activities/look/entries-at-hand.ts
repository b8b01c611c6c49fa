import { type EventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { joinHorizonDays } from '../../domain/ledger/join-horizon-days.ts';
import { outcomesAlone } from '../../domain/ledger/outcomes-alone.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import { entriesOf } from '../ledger/entries.ts';
import type { LedgerDependencies, ModelLedger } from '../ledger/model-ledger.ts';

/** Rows may be known a little before the event time they carry: clocks differ, and batches are scored ahead. */
const aheadDays = 2;

/** What a look reads of the ledger. */
export interface EntriesAtHand {
  /** Of segments that may reach into the look's windows, or be joined to one that does. */
  readonly whole: readonly Entry[];
  /** Older ones and these. Many days of older ones are held at once, so they are without their columns: only outcomes are asked of them. */
  readonly all: readonly Entry[];
  /** Of all of them, sorted. */
  readonly digests: readonly Digest[];
  /** Segments of the whole entries that could be read. */
  readonly readable: readonly Segment[];
}

/**
 * Entries of the segments known by a look, counted on one grid; those that are missing are counted now.
 *
 * @param grid absent: nothing can be counted yet
 * @param since of `matured` on entries are held whole, of `earlier` on their outcomes; of `before` on they are shown to `see`
 * @param see is shown each entry once, whole
 */
export async function entriesAtHand(
  deps: LedgerDependencies,
  ledger: ModelLedger,
  grid: Digest | undefined,
  segments: readonly Segment[],
  since: { readonly matured: EventTime; readonly earlier: EventTime; readonly before: EventTime },
  see: (entry: Entry) => void,
): Promise<EntriesAtHand> {
  if (grid === undefined) return { whole: [], all: [], digests: [], readable: [] };
  const oldest = plusDays(since.matured, -joinHorizonDays(ledger.policy) - aheadDays);
  const young = segments.filter(({ knownAt }) => knownAt >= oldest);
  const furthest = plusDays(since.before < since.earlier ? since.before : since.earlier, -aheadDays);
  const older = segments.filter(({ knownAt }) => knownAt < oldest && knownAt >= furthest);
  const whole = await entriesOf(deps, ledger, grid, segments, young);
  const all: { readonly digest: Digest; readonly entry: Entry }[] = [];
  for (const segment of older) {
    for (const { digest, entry } of await entriesOf(deps, ledger, grid, segments, [segment])) {
      see(entry);
      all.push({ digest, entry: { ...entry, partitions: entry.partitions.map(outcomesAlone) } });
    }
  }
  for (const { entry } of whole) see(entry);
  all.push(...whole);
  return {
    whole: whole.map(({ entry }) => entry),
    all: all.map(({ entry }) => entry),
    digests: all.map(({ digest }) => digest).sort(),
    readable: young.filter((_, index) => whole[index]?.entry.fault === undefined),
  };
}
