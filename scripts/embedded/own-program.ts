import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * How to run one of our own programs: TypeScript in a checkout, JavaScript once built.
 *
 * @param path from the root of the sources, without extension: `worker/main`
 */
export function ownProgram(path: string): { readonly file: string; readonly arguments: readonly string[] } {
  const own = fileURLToPath(import.meta.url);
  const sources = join(own, '../../..');
  if (!own.endsWith('.ts')) return { file: process.execPath, arguments: [join(sources, `${path}.js`)] };
  return { file: process.execPath, arguments: ['--import', import.meta.resolve('tsx'), join(sources, `${path}.ts`)] };
}
