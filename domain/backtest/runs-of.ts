/** Looks without an alarm that end an episode. */
export const quietToClose = 3;

/**
 * Looks that are so, joined: a run opens with the first and closes after three in a row that are not. Looks of which nothing is known
 * neither prolong nor close a run.
 *
 * @returns the looks of each run that are so, both in the order given
 */
export function runsOf<T>(looks: readonly T[], isSo: (look: T) => boolean | undefined): T[][] {
  const runs: T[][] = [];
  let quiet = quietToClose;
  for (const look of looks) {
    const so = isSo(look);
    if (so === true) {
      if (quiet >= quietToClose) runs.push([]);
      runs.at(-1)?.push(look);
      quiet = 0;
    } else if (so === false) quiet += 1;
  }
  return runs;
}
