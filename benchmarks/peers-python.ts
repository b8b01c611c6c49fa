import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pins = ['evidently==0.7.23', 'nannyml==0.13.1', 'scipy', 'pandas<3', 'statsmodels', 'pyarrow'];

/**
 * A Python with the peers in an environment of its own; made when there is none, which takes minutes and the package registry.
 *
 * @throws Error when it cannot be made
 */
export function peersPython(cacheRoot: string): string {
  const folder = join(cacheRoot, 'bench-drift-peers-1');
  const python = join(folder, 'bin/python');
  if (!existsSync(join(folder, 'complete'))) {
    execFileSync('python3', ['-m', 'venv', '--clear', folder], { stdio: 'inherit' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...pins], { stdio: 'inherit' });
    writeFileSync(join(folder, 'complete'), pins.join('\n'));
  }
  return python;
}
