import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until there is an answer. The test's own time limit ends a wait in vain. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(25);
  }
}
