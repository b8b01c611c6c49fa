import { resolve } from 'node:path';
import { writeOutputFile } from '../../adapters/output-file/write-output-file.ts';

/** Writes a text, and the folders above it; gives the full path. */
export async function writeText(file: string, text: string): Promise<string> {
  const path = resolve(file);
  await writeOutputFile(path, text);
  return path;
}
