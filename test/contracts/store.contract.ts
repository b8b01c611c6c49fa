import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../domain/store/store.port.ts';
import { largeObjectBytes, type WriterPlace } from '../servers/store-writer.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Where another process can open the same store; absent where it cannot. */
  readonly place?: WriterPlace;
}

const text = (words: string) => new TextEncoder().encode(words);

async function keysOf(store: Store, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list(prefix)) keys.push(key);
  return keys;
}

/** What every store keeps, run once for each adapter. Each `open` gives an empty store. */
export function keepsTheStoreContract(adapter: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${adapter} as a store`, () => {
    it('given sixteen writers of one key, when they race, then one writes and all read its bytes', async () => {
      const { store } = await open();
      const written = await Promise.all(Array.from({ length: 16 }, (_, writer) => store.put('race', Uint8Array.of(writer))));
      expect(written.filter((answer) => answer === 'written')).toHaveLength(1);
      expect(await store.get('race')).toEqual(Uint8Array.of(written.indexOf('written')));
    });

    it('given sixteen writers of equal bytes, when they race, then still one writes', async () => {
      const { store } = await open();
      const written = await Promise.all(Array.from({ length: 16 }, () => store.put('claims/one', text('same'))));
      expect(written.filter((answer) => answer === 'written')).toHaveLength(1);
    });

    it('given an object, when its key is written again, then it existed and keeps its bytes', async () => {
      const { store } = await open();
      expect(await store.put('once', text('first'))).toBe('written');
      expect(await store.put('once', text('second'))).toBe('existed');
      expect(await store.get('once')).toEqual(text('first'));
    });

    it('given no such object, when it is read, then the answer is undefined', async () => {
      expect(await (await open()).store.get('nothing/here')).toBeUndefined();
    });

    it('given an object, when a key below it or beside it is read, then the answer is undefined', async () => {
      const { store } = await open();
      await store.put('a/b', text('here'));
      expect(await store.get('a/b/c')).toBeUndefined();
      expect(await store.get('a/bb')).toBeUndefined();
      expect(await store.get('A/b')).toBeUndefined();
    });

    it('given an empty object, when it is read, then it is empty and not absent', async () => {
      const { store } = await open();
      await store.put('empty', new Uint8Array());
      expect(await store.get('empty')).toEqual(new Uint8Array());
    });

    it('given keys with odd characters, when they are written, then each is its own object and is listed as it was given', async () => {
      const { store } = await open();
      const keys = [
        '2011-05-09T00:00:00.000Z-ab/x',
        'a b',
        'a+b',
        'a%20b',
        'a#b',
        'a?b=c&d',
        'Größe/数/🚢',
        '.hidden',
        'quo\'te"',
        'back\\slash',
        '<tag>',
      ];
      await Promise.all(keys.map((key) => store.put(`odd/${key}`, text(key))));
      const read = await Promise.all(keys.map((key) => store.get(`odd/${key}`)));
      expect(read).toEqual(keys.map(text));
      expect(new Set(await keysOf(store, 'odd/'))).toEqual(new Set(keys.map((key) => `odd/${key}`)));
    });

    it('given keys no store can hold, when they are used, then they are refused by name', async () => {
      const { store } = await open();
      for (const key of ['', '/a', 'a//b', 'a/', '../outside', 'a/./b', 'line\nbreak']) {
        await expect(store.put(key, text('x'))).rejects.toThrow(JSON.stringify(key));
        await expect(store.get(key)).rejects.toThrow(JSON.stringify(key));
      }
    });

    it('given objects in folders, when they are listed, then the keys come in the order of their bytes and by whole prefix', async () => {
      const { store } = await open();
      const keys = ['p/a', 'p/a-b', 'p/a.b/c', 'p/a0', 'p/b/c', 'p/b/d', 'p/b0', 'p/é', 'p/z', 'q/a'];
      await Promise.all([...keys].reverse().map((key) => store.put(key, text(key))));
      const inOrder = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(await keysOf(store, '')).toEqual(inOrder);
      expect(await keysOf(store, 'p/b')).toEqual(['p/b/c', 'p/b/d', 'p/b0']);
      expect(await keysOf(store, 'p/b/')).toEqual(['p/b/c', 'p/b/d']);
      expect(await keysOf(store, 'nothing')).toEqual([]);
    });

    it('given a large object, when it is read, then every byte is there', async () => {
      const { store } = await open();
      const bytes = new Uint8Array(8 * 1024 * 1024).map((_, index) => (index * 31) % 251);
      await store.put('large', bytes);
      expect(Buffer.compare((await store.get('large')) as Uint8Array, bytes)).toBe(0);
    });

    it('given a writer that is killed while it writes, when the store is read, then no half object is there', async (context) => {
      const { store, place } = await open();
      if (place === undefined) return context.skip('no other process can open this store');
      await killWhileWriting(place);
      const keys = await keysOf(store, '');
      expect(keys).toContain('killed/1');
      for (const key of keys.filter((one) => one.startsWith('killed/'))) {
        const number = Number(key.slice('killed/'.length));
        const whole = new Uint8Array(largeObjectBytes).fill(number);
        expect(Buffer.compare((await store.get(key)) as Uint8Array, whole), `${key} is whole`).toBe(0);
      }
    });
  });
}

async function killWhileWriting(place: WriterPlace): Promise<void> {
  const program = fileURLToPath(new URL('../servers/store-writer.ts', import.meta.url));
  const writer = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(place)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(writer, 'exit');
  let said = '';
  for await (const chunk of writer.stdout) {
    said += chunk;
    if (said.includes('writing 2\n')) writer.kill('SIGKILL');
  }
  await ended;
}
