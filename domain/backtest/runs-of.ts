import { quietAfter, quietToClose } from '../report/quiet-looks.ts';

/**
 * Looks that are so, joined: a run opens with the first and closes after three in a row that are not, by {@link quietAfter}.
 *
 * @returns the looks of each run that are so, both in the order given
 */
export function runsOf<T>(looks: readonly T[], isSo: (look: T) => boolean | undefined): T[][] {
  const runs: T[][] = [];
  let quiet = quietToClose;
  for (const look of looks) {
    const so = isSo(look);
    if (so && quiet >= quietToClose) runs.push([]);
    if (so) runs.at(-1)?.push(look);
    quiet = quietAfter(quiet, so);
  }
  return runs;
}
