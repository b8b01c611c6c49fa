import { randomUUID } from 'node:crypto';
import type { S3Objects } from './objects.ts';

/**
 * Does the server honour `If-None-Match: *`, also among concurrent writers? Twice, eight writers race for a key and a ninth comes
 * after them: one must win, and its bytes must stay. Servers exist that ignore the header, and some that heed it only when nobody races.
 *
 * Cost: 22 small requests. Leaves nothing behind.
 */
export async function probeConditionalWrites(objects: S3Objects): Promise<boolean> {
  const rounds = await Promise.all([round(objects), round(objects)]);
  return rounds.every(Boolean);
}

async function round(objects: S3Objects): Promise<boolean> {
  const key = `probe/${randomUUID()}`;
  try {
    const race = await Promise.all(Array.from({ length: 8 }, (_, writer) => objects.putNew(key, Uint8Array.of(writer))));
    const late = await objects.putNew(key, Uint8Array.of(8));
    const winner = race.indexOf('written');
    const held = await objects.get(key);
    return late === 'existed' && race.filter((answer) => answer === 'written').length === 1 && held?.[0] === winner;
  } finally {
    await objects.delete(key);
  }
}
