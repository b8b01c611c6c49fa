import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of a file of the shared real data, or undefined where it is absent: tests that need it then skip, saying so. */
export function sharedData(path: string): string | undefined {
  const file = fileURLToPath(new URL(`../../shared/data/${path}`, import.meta.url));
  return existsSync(file) ? file : undefined;
}
