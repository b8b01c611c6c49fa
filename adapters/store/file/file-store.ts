import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { privateFolders } from '../../../domain/store/private-folders.ts';
import type { Store } from '../../../domain/store/store.port.ts';
import { assertKey } from '../key.ts';
import { decodedPart, encodedPart } from './encoded-part.ts';

/** No encoded part begins with a dot, so nothing half written is ever listed or read. */
const unfinished = '.unfinished';

/**
 * A store in a folder of one file system, a file for each object.
 *
 * A writer writes and syncs a file of its own, then links it to the object's name: the file system lets exactly one link be made. A
 * writer that is killed leaves at most a file in `.unfinished`, which nobody reads. Of private folders only the owner can read anything.
 *
 * @param root absolute path of the folder; made when first written to
 * @param kept `through a power cut`, or `for a while`: not synced, so several times as fast, for folders that are removed afterwards
 */
export function createFileStore(root: string, kept: 'through a power cut' | 'for a while' = 'through a power cut'): Store {
  const isSynced = kept === 'through a power cut';
  const pathOf = (key: string) => {
    assertKey(key);
    return join(root, ...key.split('/').map(encodedPart));
  };

  return {
    async put(key, bytes) {
      const path = pathOf(key);
      const own = join(root, unfinished, randomUUID());
      try {
        const isPrivate = privateFolders.includes(key.split('/', 1)[0] as string);
        await makeFolder(dirname(own), isSynced);
        await makeFolder(dirname(path), isSynced, isPrivate ? ownerAlone.folder : undefined);
        await write(own, bytes, isSynced, isPrivate ? ownerAlone.file : undefined);
        if ((await linked(own, path)) === 'existed') return 'existed';
        if (isSynced) await sync(dirname(path));
        return 'written';
      } catch (error) {
        throw explained(error, key, root);
      } finally {
        await unlink(own).catch(() => {});
      }
    },

    async get(key) {
      try {
        return new Uint8Array(await readFile(pathOf(key)));
      } catch (error) {
        if (isAbsence(error)) return undefined;
        throw explained(error, key, root);
      }
    },

    async *list(prefix) {
      for await (const key of keysBelow(root, '')) if (key.startsWith(prefix)) yield key;

      async function* keysBelow(folder: string, before: string): AsyncIterable<string> {
        const entries = ordered(await entriesOf(folder));
        for (const { name, isFolder } of entries) {
          if (before === '' && name === unfinished) continue;
          const key = before + decodedPart(name);
          if (!isFolder) yield key;
          else if (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`)) yield* keysBelow(join(folder, name), `${key}/`);
        }
      }
    },
  };
}

interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

async function entriesOf(folder: string): Promise<FolderEntry[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

/** In the order of whole keys: a folder stands where its name with a `/` does. */
function ordered(entries: readonly FolderEntry[]): FolderEntry[] {
  return entries
    .map((entry) => ({ entry, bytes: Buffer.from(decodedPart(entry.name) + (entry.isFolder ? '/' : ''), 'utf8') }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ entry }) => entry);
}

const ownerAlone = { folder: 0o700, file: 0o600 };

/** Makes a folder and those above it; synced, their names outlast a power cut. */
async function makeFolder(folder: string, isSynced: boolean, mode?: number): Promise<void> {
  const first = await mkdir(folder, { recursive: true, ...(mode !== undefined && { mode }) });
  if (first === undefined || !isSynced) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await sync(dirname(made));
}

async function write(path: string, bytes: Uint8Array, isSynced: boolean, mode?: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(bytes);
    if (isSynced) await file.sync();
  } finally {
    await file.close();
  }
}

async function linked(own: string, path: string): Promise<'written' | 'existed'> {
  try {
    await link(own, path);
    return 'written';
  } catch (error) {
    if (code(error) === 'EEXIST') return 'existed';
    throw error;
  }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isAbsence(error: unknown): boolean {
  return code(error) === 'ENOENT' || code(error) === 'ENOTDIR';
}

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space, the work goes on by itself',
  EACCES: 'no permission; let the user of this process read and write there',
  EROFS: 'it is read-only; name another folder',
  EPERM: 'the file system makes no hard links; name a folder on another one',
  ENOTSUP: 'the file system makes no hard links; name a folder on another one',
  EEXIST: 'a file stands where a folder should be; choose another key or folder',
  ENOTDIR: 'a file stands where a folder should be; choose another key or folder',
  EISDIR: 'the key is the folder of other objects; choose another key',
};

function explained(error: unknown, key: string, root: string): unknown {
  const remedy = remedies[code(error) ?? ''];
  return remedy === undefined ? error : new Error(`Store ${root} cannot take or give ${key}: ${remedy}.`, { cause: error });
}

function code(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
