import type { EventTime } from '../identity/event-time.ts';
import { quietAfter, quietToClose } from '../report/quiet-looks.ts';

interface Dated {
  readonly asOf: EventTime;
}

/**
 * Looks that are so, joined: a run opens with the first and closes after three in a row that are not, by {@link quietAfter}. As for a model that
 * is maintained, looks of one day are one.
 *
 * @param looks in the order of time
 * @returns the looks of each run that are so, both in the order given
 */
export function runsOf<T extends Dated>(looks: readonly T[], isSo: (look: T) => boolean | undefined): T[][] {
  const runs: T[][] = [];
  let quiet = quietToClose;
  for (const day of daysOf(looks)) {
    const known = day.map(isSo);
    const so = known.includes(true) || (known.includes(false) ? false : undefined);
    if (so && quiet >= quietToClose) runs.push([]);
    if (so) runs.at(-1)?.push(...day.filter((_, index) => known[index]));
    quiet = quietAfter(quiet, so);
  }
  return runs;
}

/** Looks of one day together, in the order of time. */
export function daysOf<T extends Dated>(looks: readonly T[]): readonly (readonly T[])[] {
  const days = new Map<string, T[]>();
  for (const look of looks) {
    const day = look.asOf.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), look]);
  }
  return [...days.values()];
}
