import type { EventTime } from '../identity/event-time.ts';

/** `20110418T000000000Z-000012.ndjson`: names sort by when their records became known, then by the order of sealing. */
export function segmentName(knownAt: EventTime, sequence: number): string {
  return `${knownAt.replace(/[-:.]/g, '')}-${String(sequence).padStart(6, '0')}.ndjson`;
}

/** When the records of a segment became known, and its place in the order of sealing; undefined when the name is no segment's. */
export function readSegmentName(name: string): { knownAt: EventTime; sequence: number } | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(\d{6,})\.ndjson$/.exec(name);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, millisecond, sequence] = parts;
  return { knownAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z` as EventTime, sequence: Number(sequence) };
}
