import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelName, Version } from '../../domain/identity/names.ts';

/** A version that is to be served until it is stopped on purpose: written before anything is started. */
export interface ServedRecord {
  readonly model: ModelName;
  readonly version: Version;
}

/** The records under `serving/<model>-<version>/spec.json` of a state root. Logs of what was served stay when a record goes. */
export function servedRecords(stateRoot: string) {
  const root = join(stateRoot, 'serving');
  const folderOf = ({ model, version }: ServedRecord) => join(root, `${model}-${version}`);
  const fileOf = (record: ServedRecord) => join(folderOf(record), 'spec.json');

  return {
    folderOf,

    async add({ model, version }: ServedRecord): Promise<void> {
      await mkdir(folderOf({ model, version }), { recursive: true });
      await writeFile(fileOf({ model, version }), JSON.stringify({ model, version }));
    },

    async remove(record: ServedRecord): Promise<void> {
      await rm(fileOf(record), { force: true });
    },

    async all(): Promise<readonly ServedRecord[]> {
      const folders = await readdir(root).catch(() => [] as string[]);
      const read = await Promise.all(folders.sort().map((folder) => readRecord(join(root, folder, 'spec.json'))));
      return read.filter((record) => record !== undefined);
    },
  };
}

/** A record may be removed, or half written by one who is killed, while the folder is listed: then nothing was started for it. */
async function readRecord(path: string): Promise<ServedRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ServedRecord;
  } catch {
    return undefined;
  }
}
