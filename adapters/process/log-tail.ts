import { open } from 'node:fs/promises';

const tailBytes = 65_536;

/** The last lines of a text file without empty ones, looking at 64 KB at most; none when there is no file. */
export async function logTail(path: string, lines: number): Promise<string[]> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const text = buffer.toString('utf8', 0, bytesRead);
    const whole = from === 0 ? text : text.slice(text.indexOf('\n') + 1);
    return whole
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .slice(-lines);
  } finally {
    await file.close();
  }
}
