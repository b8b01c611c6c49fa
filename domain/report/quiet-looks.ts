/** Looks in a row without an alarm that end an episode. Before the first alarm as many have been quiet. */
export const quietToClose = 3;

/**
 * Looks in a row without an alarm, after one more. Alarms in a row are one episode: it opens with the first, and from
 * {@link quietToClose} on none is open. Looks of which nothing is known neither prolong nor close one.
 */
export function quietAfter(quiet: number, alarms: boolean | undefined): number {
  if (alarms === undefined) return quiet;
  return alarms ? 0 : Math.min(quiet + 1, quietToClose);
}
