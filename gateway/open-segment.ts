import { type FileHandle, open, stat, truncate } from 'node:fs/promises';

/** Most bytes that wait in memory for the disk, per file; what comes on top is dropped and counted. */
const ringBytes = 16 * 2 ** 20;

/**
 * The unsealed end of a log: an append-only file, written in batches, created with its first one. Adding a line never waits. Where
 * the disk refuses, the lines stay in memory for the next attempt, until the memory is full.
 */
export class OpenSegment {
  readonly path: string;
  private file: FileHandle | undefined;
  private waiting: string[] = [];
  private waitingBytes = 0;
  /** Bytes known to be whole lines on disk. */
  private written = 0;
  private flushing: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  get bytes(): number {
    return this.written + this.waitingBytes;
  }

  /** @returns false when there was no room: the line is lost */
  add(line: string): boolean {
    const size = Buffer.byteLength(line) + 1;
    if (this.waitingBytes + size > ringBytes) return false;
    this.waiting.push(line);
    this.waitingBytes += size;
    return true;
  }

  /** Everything added so far is on disk when this resolves. @throws what the disk said */
  flush(): Promise<void> {
    this.flushing = this.flushing.catch(() => undefined).then(() => this.writeWaiting());
    return this.flushing;
  }

  async close(): Promise<void> {
    await this.file?.close();
  }

  private async writeWaiting(): Promise<void> {
    if (this.waiting.length === 0) return;
    const lines = this.waiting;
    const batch = Buffer.from(`${lines.join('\n')}\n`);
    this.waiting = [];
    try {
      this.file ??= await open(this.path, 'wx');
      await writeWhole(this.file, batch, this.written);
      await this.file.datasync();
    } catch (error) {
      this.waiting = [...lines, ...this.waiting];
      throw error;
    }
    this.waitingBytes -= batch.length;
    this.written += batch.length;
  }
}

/** At a fixed place, so that a second attempt overwrites what a failed one left. */
async function writeWhole(file: FileHandle, batch: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < batch.length) {
    done += (await file.write(batch, done, batch.length - done, position + done)).bytesWritten;
  }
}

/** Cuts a torn last line off a file left by a crash. @returns bytes that remain, and whether anything was cut */
export async function mend(path: string): Promise<{ bytes: number; torn: boolean }> {
  const { size } = await stat(path);
  const whole = await endOfLastLine(path, size);
  if (whole < size) await truncate(path, whole);
  return { bytes: whole, torn: whole < size };
}

async function endOfLastLine(path: string, size: number): Promise<number> {
  const file = await open(path, 'r');
  const block = Buffer.alloc(65_536);
  try {
    for (let end = size; end > 0; end -= block.length) {
      const start = Math.max(0, end - block.length);
      const { bytesRead } = await file.read(block, 0, end - start, start);
      const newline = block.subarray(0, bytesRead).lastIndexOf(10);
      if (newline >= 0) return start + newline + 1;
    }
    return 0;
  } finally {
    await file.close();
  }
}
