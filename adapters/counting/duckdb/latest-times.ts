import { type EventTime, eventTime } from '../../../domain/identity/event-time.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';
import type { Found } from './batch.ts';
import { Database } from './database.ts';
import { readRows } from './read-rows.ts';
import { instantSql, relationOf, unreadable } from './relation.ts';
import { SegmentUnusable } from './segment-unusable.ts';

type File = Pick<Segment, 'id' | 'path' | 'format'>;

/** Databases hold later instants, and one called infinity. */
const endOfTime = eventTime('9999-12-31T23:59:59.999Z');

/** The latest instant in a column of a file, remembered by the file's content for as long as the process lives. */
export function createLatestTimes(): { of(file: File, column: string, until?: EventTime): Promise<EventTime | undefined> } {
  const database = new Database(1);
  const known = new Map<string, EventTime | undefined>();
  return {
    async of(file, column, until = endOfTime) {
      const key = `${file.id} ${column} ${until}`;
      if (!known.has(key)) known.set(key, await latestTime(database, file, column, until));
      return known.get(key);
    },
  };
}

async function latestTime(database: Database, file: File, column: string, until: EventTime): Promise<EventTime | undefined> {
  try {
    const last = Date.parse(until);
    const latest = await (file.format === 'ndjson' ? latestOfLines : latestOfTable)(database, file, column, last);
    return Number.isFinite(latest) ? eventTime(latest) : undefined;
  } catch (cause) {
    if (cause instanceof SegmentUnusable) return undefined;
    throw cause;
  }
}

async function latestOfTable(database: Database, file: File, column: string, last: number): Promise<number> {
  return database.connected(async (connection) => {
    const relation = await relationOf(connection, file);
    if (!relation.types.has(column)) return Number.NaN;
    const sql = `SELECT max(instant) FROM (SELECT ${instantSql(relation, column)} AS instant FROM ${relation.sql}) WHERE instant <= ${last}`;
    const rows = await connection.runAndReadAll(sql).catch((cause: unknown) => {
      throw unreadable(file.path, cause);
    });
    return Number(rows.getRows()[0]?.[0] ?? Number.NaN);
  });
}

async function latestOfLines(database: Database, file: File, column: string, last: number): Promise<number> {
  return database.connected(async (connection) => {
    const found: Found = { malformed: 0 };
    const segment: Segment = { ...file, holds: 'predictions', knownAt: eventTime(0) };
    let latest = Number.NEGATIVE_INFINITY;
    const rows = { segment, mapping: { layout: 'flat', id: [], time: column, ignored: [] }, answers: 'numeric' } as const;
    for await (const { times } of readRows(connection, rows, [], found)) {
      for (const time of times) if (time > latest && time <= last) latest = time;
    }
    return latest;
  });
}
