import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Ids of files by their content: the first 32 hex digits of the sha256. A file of the same size and time is not read twice by one process. */
export class Identities {
  readonly #known = new Map<string, { readonly size: number; readonly modified: number; readonly id: string }>();

  /** Undefined when there is no such file. */
  async of(path: string): Promise<string | undefined> {
    const file = await stat(path).catch(() => undefined);
    if (file === undefined || !file.isFile()) return undefined;
    const known = this.#known.get(path);
    if (known !== undefined && known.size === file.size && known.modified === file.mtimeMs) return known.id;

    const hash = createHash('sha256');
    for await (const bytes of createReadStream(path)) hash.update(bytes as Uint8Array);
    const id = hash.digest('hex').slice(0, 32);
    this.#known.set(path, { size: file.size, modified: file.mtimeMs, id });
    return id;
  }
}
