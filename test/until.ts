import { setTimeout as sleep } from 'node:timers/promises';

const longestPauseMilliseconds = 250;

/**
 * Looks again and again, ever less often, until there is an answer: a look may cost a server more than what is waited for. The test's
 * own time limit ends a wait in vain.
 */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let pause = 10; ; pause = Math.min(pause * 1.5, longestPauseMilliseconds)) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(pause);
  }
}
