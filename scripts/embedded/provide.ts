import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pythonFolder, type Roots } from '../../worker/roots.ts';
import { StackFailure } from './stack-failure.ts';
import { findTemporal } from './temporal-part.ts';

/** Runs set-up when a tool is missing, in the open: it takes minutes the first time. */
export async function provide(roots: Roots, env: NodeJS.ProcessEnv): Promise<void> {
  if (existsSync(join(pythonFolder(roots), '.complete')) && (await findTemporal(roots, env))) return;
  const setup = spawn(process.execPath, [join(roots.packageRoot, 'scripts/setup.mjs')], { env, stdio: 'inherit' });
  const [code] = await once(setup, 'exit');
  if (code !== 0) throw new StackFailure('Set-up did not end well; what it lacks stands above.');
}
