import type { Stats } from 'node:fs';
import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFaultInWords } from './write-fault.ts';

/** A file that a person named cannot be written. */
export class OutputUnwritable extends Error {
  constructor(path: string, cause: NodeJS.ErrnoException) {
    super(`${path} cannot be written: ${whyUnwritable(cause)}.`, { cause });
    this.name = 'OutputUnwritable';
  }
}

/**
 * Writes a text, and the folders above it. A file is there whole or as it was before; what is no file, such as `/dev/stdout`, is written to.
 *
 * @throws OutputUnwritable
 */
export async function writeOutputFile(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const before = await stat(path).catch(() => undefined);
    if (before === undefined || before.isFile()) await replace(await realpath(path).catch(() => path), text, before);
    else await writeFile(path, text);
  } catch (fault) {
    throw new OutputUnwritable(path, fault as NodeJS.ErrnoException);
  }
}

async function replace(path: string, text: string, before: Stats | undefined): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    await writeFile(part, text, before && { mode: before.mode });
    await rename(part, path);
  } catch (fault) {
    await rm(part, { force: true }).catch(() => undefined);
    throw fault;
  }
}

/** Why a file or a stream takes nothing, and what to do. */
export function whyUnwritable(fault: NodeJS.ErrnoException): string {
  return `${writeFaultInWords(fault)}; ${remedyOf(fault)}name another place`;
}

function remedyOf({ code }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'free some, or ';
    case 'EACCES':
    case 'EPERM':
      return 'give yourself the right to it, or ';
    default:
      return '';
  }
}
