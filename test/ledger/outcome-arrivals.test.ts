import { expect, it } from 'vitest';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { outcomeArrivals } from '../../domain/ledger/outcome-arrivals.ts';

const entry = (segment: string, day: string, more: Partial<Entry> & { matched?: number } = {}): Entry => ({
  kind: 'entry',
  schemaVersion: 1,
  madeFrom: [],
  grid: 'g' as Digest,
  segment,
  knownAt: eventTime(`${day}T12:00:00Z`),
  partitions: [{ day, version: '1' as never, rows: 0, columns: {}, outcomes: { matched: more.matched ?? 0 } }],
  anomalies: {},
  ...more,
});
const dayOf = (instant: string) => instant.slice(0, 10);
const isOutcomes = ({ segment }: Entry) => segment.startsWith('o');

it('given segments of outcomes and predictions that came later, then each day tells what it brought, what waited, and who met it when', () => {
  const entries = [
    entry('p1', '2024-01-01', { matched: 7 }),
    entry('o1', '2024-01-02', { matched: 8, waiting: 2 }),
    entry('o2', '2024-01-02', { matched: 5 }),
    entry('o3', '2024-01-03', { waiting: 3 }),
    entry('p2', '2024-01-04', { met: { o1: 1, o3: 2, gone: 9 } }),
    entry('p3', '2024-01-05', { met: { o3: 1 } }),
  ];
  expect(outcomeArrivals(entries, isOutcomes, dayOf)).toEqual([
    { day: '2024-01-02', outcomes: 15, waiting: 2, met: { '2024-01-04': 1 } },
    { day: '2024-01-03', outcomes: 3, waiting: 3, met: { '2024-01-04': 2, '2024-01-05': 1 } },
  ]);
  expect(outcomeArrivals(entries.toReversed(), isOutcomes, dayOf)).toEqual(outcomeArrivals(entries, isOutcomes, dayOf));
});
