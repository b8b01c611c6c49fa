/**
 * Versions of the lifecycle rules. A run keeps the one it was started with, and the next run of the same model takes the newest: each goes
 * on from what the older ones kept.
 *
 * 1: each look that alarms is told, asked about and, when people call it false, counted by itself: {@link rememberLook}.
 * 2: alarms in a row are one episode, as the budget counts them, told, asked about and counted once: {@link rememberInEpisode}. All else
 *    that differs follows from the episode that the state holds, which rules 1 never write.
 */
export type Rules = 1 | 2;

export const newestRules = 2 satisfies Rules;

/** @throws Error for rules this build does not know: a newer build must take the run over */
export function requireKnown(rules: number): asserts rules is Rules {
  if (rules === 1 || rules === newestRules) return;
  throw new Error(
    `lifecycle rules ${rules} are not known to this build (it knows 1 to ${newestRules}): start the worker of the build that wrote them`,
  );
}
