import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../../../domain/store/store.port.ts';
import { assertKey } from '../key.ts';
import type { S3Objects } from './objects.ts';

/** How long every writer waits for those who began with it. */
const settleMilliseconds = 5000;

/**
 * A store on a server that does not honour conditional writes.
 *
 * Keys that end in the digest of their bytes are safe as they are: whoever writes them writes the same. For any other key each writer
 * leaves a claim, `<key>#<random id>`, waits until all who began at the same time have left theirs, and the lowest claim is
 * the object.
 *
 * What remains guaranteed: a writer who comes after a settled object never replaces it; of writers that race, all agree on one winner **as long as none takes longer than the settling time from its first look to its claim**. What does
 * not: a slower writer may win over one that was told `written`, and a reader may see, while a race settles, bytes that lose it. The
 * workflow engine, not this store, keeps two writers of one key apart; a server with conditional writes is the better choice.
 */
export function settlingStore(objects: S3Objects, settle = settleMilliseconds): Store {
  async function claimsOf(key: string): Promise<string[]> {
    const claims: string[] = [];
    for await (const name of objects.list(`${key}#`)) if (keyOfClaim(name) === key) claims.push(name);
    return claims;
  }

  return {
    async put(key, bytes) {
      assertKey(key);
      if (isNamedByContent(key)) {
        if ((await objects.get(key)) !== undefined) return 'existed';
        await objects.put(key, bytes);
        return 'written';
      }
      if ((await claimsOf(key)).length > 0) return 'existed';
      const claim = `${key}#${randomUUID()}`;
      await objects.put(claim, bytes);
      await wait(settle);
      return (await claimsOf(key))[0] === claim ? 'written' : 'existed';
    },

    async get(key) {
      assertKey(key);
      if (isNamedByContent(key)) return objects.get(key);
      const [lowest] = await claimsOf(key);
      return lowest === undefined ? undefined : objects.get(lowest);
    },

    async *list(prefix) {
      const keys = new Set<string>();
      for await (const name of objects.list(prefix)) keys.add(keyOfClaim(name) ?? name);
      yield* [...keys].filter((key) => key.startsWith(prefix)).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    },
  };
}

function isNamedByContent(key: string): boolean {
  return /\/[0-9a-f]{64}\.json$/.test(key);
}

function keyOfClaim(name: string): string | undefined {
  return /^(.+)#[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/s.exec(name)?.[1];
}
