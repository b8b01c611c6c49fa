import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where downloaded tools live, shared by all checkouts of a user. */
export function cacheRoot(env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'anchorwatch');
}

export function requirementsFile(packageRoot) {
  return join(packageRoot, 'scripts/provision/requirements.txt');
}

/** The Python environment of exactly these requirements: other requirements live in another folder. */
export function pythonFolder(packageRoot, cache) {
  const digest = createHash('sha256')
    .update(readFileSync(requirementsFile(packageRoot)))
    .digest('hex');
  return join(cache, `python-${digest.slice(0, 12)}`);
}
