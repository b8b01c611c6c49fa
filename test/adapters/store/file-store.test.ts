import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { keepsTheStoreContract } from '../../contracts/store.contract.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-store-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let stores = 0;
const freshFolder = () => join(folder, String(stores++), 'store');

keepsTheStoreContract('the file store', async () => {
  const root = freshFolder();
  return { store: createFileStore(root), place: { folder: root } };
});

keepsTheStoreContract('the file store that keeps for a while', async () => {
  const root = freshFolder();
  return { store: createFileStore(root, 'for a while'), place: { folder: root } };
});

it('given a file where the folder should be, when an object is written, then the error names the store and the key', async () => {
  const root = join(folder, 'a-file');
  await writeFile(root, '');
  await expect(createFileStore(root).put('some/key', Uint8Array.of(1))).rejects.toThrow(/a-file.*some\/key/);
});

it('given an object, when a key is written below it, then the error says why that cannot be', async () => {
  const store = createFileStore(freshFolder());
  await store.put('a', Uint8Array.of(1));
  await expect(store.put('a/b', Uint8Array.of(2))).rejects.toThrow(/a file stands where a folder should be/);
});
