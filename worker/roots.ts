import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Three places, never mixed: the package is only read, the state belongs to one installation, the cache to all of a user's. */
export interface Roots {
  readonly packageRoot: string;
  readonly stateRoot: string;
  readonly cacheRoot: string;
}

/** State stands in `./.anchorwatch` of the working folder, or where ANCHORWATCH_STATE says. */
export function rootsOf(cwd: string, env: NodeJS.ProcessEnv): Roots {
  return {
    packageRoot: packageRootAbove(dirname(fileURLToPath(import.meta.url))),
    stateRoot: resolve(cwd, env.ANCHORWATCH_STATE || '.anchorwatch'),
    cacheRoot: join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'anchorwatch'),
  };
}

/** Folder of the Python environment that set-up makes: a name per content of the requirements file. */
export function pythonFolder({ packageRoot, cacheRoot }: Pick<Roots, 'packageRoot' | 'cacheRoot'>): string {
  const requirements = readFileSync(join(packageRoot, 'scripts/provision/requirements.txt'));
  return join(cacheRoot, `python-${createHash('sha256').update(requirements).digest('hex').slice(0, 12)}`);
}

/** Sources and the built package lie at different depths below the folder that holds package.json. */
function packageRootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRootAbove(dirname(folder));
}
