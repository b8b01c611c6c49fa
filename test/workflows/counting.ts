import type { Segment } from '../../domain/ledger/segment.ts';
import type { Fakes } from './engine.ts';
import { asOf, digest } from './material.ts';

/** Counts so many segments on whichever grid, and finds what it has not counted, two hundred at a time. */
export function counting(segments: number): Fakes {
  const all = Array.from({ length: segments }, (_, number) => segment(number));
  const counted = new Set<string>();
  return {
    findSegments: async ({ grid = digest('grid') }) => {
      const uncounted = all.filter(({ id }) => !counted.has(id));
      return { grid, segments: uncounted.slice(0, 200), more: Math.max(0, uncounted.length - 200) };
    },
    countSegment: async ({ segment: { id } }) => {
      counted.add(id);
      return { entry: digest(id), rows: 24, anomalies: {} };
    },
  };
}

function segment(number: number): Segment {
  return {
    id: String(number).padStart(32, '0'),
    holds: 'predictions',
    path: `/models/bike/${number}.parquet`,
    format: 'parquet',
    knownAt: asOf,
  };
}
