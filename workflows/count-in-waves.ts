import type { CountingActivities, FindOrder } from '../activities/counting.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';

const segmentsAtOnce = 20;
const segmentsPerRun = 200;

/** Segments that were counted, and new ones that one run could not count. */
export interface Counted {
  readonly counted: number;
  readonly left: number;
}

/** Counts what is new, in waves, and no more in one run than its history should hold: what is left is new to the next run too. */
export async function countInWaves(order: FindOrder, place: Place): Promise<Counted> {
  const { model, policy } = order;
  const { findSegments } = on<CountingActivities>(place, 'heavy', `new segments of ${model}`);
  const { countSegment } = on<CountingActivities>(place, 'heavy', `count a segment of ${model}`);
  const { grid, segments, more = 0 } = await findSegments(order);
  if (grid === undefined) return { counted: 0, left: 0 };
  const now = segments.slice(0, segmentsPerRun);
  for (let first = 0; first < now.length; first += segmentsAtOnce) {
    const wave = now.slice(first, first + segmentsAtOnce);
    await Promise.all(wave.map((segment) => countSegment({ model, policy, grid, segment })));
  }
  return { counted: now.length, left: segments.length - now.length + more };
}

/** What runs before this one have counted, and this one; whether another run is to go on. */
export function addUp(before: Counted | undefined, { counted, left }: Counted): Counted & { readonly isGettingOn: boolean } {
  return { counted: (before?.counted ?? 0) + counted, left, isGettingOn: left > 0 && (before === undefined || left < before.left) };
}
