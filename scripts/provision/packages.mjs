import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { whileLocked } from './lock.mjs';
import { lastLines, run } from './run.mjs';

/** Node's packages as the lock file says. A package that was installed by npm carries no lock file and needs nothing. */
export async function ensurePackages({ packageRoot, cacheRoot, env, say }) {
  if (!existsSync(join(packageRoot, 'package-lock.json'))) return 'installed with the package';
  if (isInstalled(packageRoot)) return 'as the lock file says';

  const place = createHash('sha256').update(packageRoot).digest('hex').slice(0, 12);
  return whileLocked(join(cacheRoot, 'locks'), `packages-${place}`, say, async () => {
    if (isInstalled(packageRoot)) return 'as the lock file says';
    say('npm ci');
    const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: packageRoot, env });
    if (code === 0) return 'installed';
    throw new SetupFailure(
      `npm ci ended with ${code} in ${packageRoot}:\n    ${causeOf(output)}`,
      code === 127
        ? 'Install npm (it comes with Node) and run this again.'
        : 'Check the network and the registry (npm config get registry), then run this again.',
    );
  });
}

/** npm tells the cause first and its log file last. */
function causeOf(output) {
  const errors = output.split('\n').filter((line) => line.startsWith('npm error'));
  return errors.length === 0 ? lastLines(output) : errors.slice(0, 6).join('\n    ');
}

/** npm writes node_modules/.package-lock.json last, so a half-done installation does not have it. */
export function isInstalled(packageRoot) {
  const wanted = entries(join(packageRoot, 'package-lock.json'));
  const present = entries(join(packageRoot, 'node_modules/.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  const missing = Object.entries(wanted).filter(
    ([path, entry]) => path !== '' && !entry.optional && present[path]?.version !== entry.version,
  );
  const unwanted = Object.entries(present).filter(([path, entry]) => wanted[path]?.version !== entry.version);
  return missing.length === 0 && unwanted.length === 0;
}

function entries(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
