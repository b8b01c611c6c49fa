import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answers } from '../../adapters/serving/answers.ts';
import type { Roots } from '../../worker/roots.ts';
import type { Part } from './part.ts';
import { StackFailure } from './stack-failure.ts';

/** Temporal's development server on a SQLite file, with its UI. Write-ahead log, so that a `kill -9` loses nothing that was acknowledged. */
export async function temporalPart(roots: Roots, env: NodeJS.ProcessEnv, port: number, uiPort: number): Promise<Part> {
  const program = await findTemporal(roots, env);
  if (program === undefined)
    throw new StackFailure(`Temporal's command line is not installed. Run: node ${join(roots.packageRoot, 'scripts/setup.mjs')}`);
  return {
    name: 'temporal',
    file: program.path,
    arguments: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
      ...['--db-filename', join(roots.stateRoot, 'temporal.db')],
      ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
      ...['--log-level', 'warn'],
    ],
    environment: env,
    keptWhenFound: true,
    readyWithinSeconds: 60,
    graceSeconds: 10,
    isReady: () => answers(`http://127.0.0.1:${uiPort}/api/v1/cluster-info`),
  };
}

/** Set-up and this program find Temporal by the same code, which uses Node's built-ins only and is shipped as it is. */
export async function findTemporal(
  { packageRoot, cacheRoot }: Roots,
  env: NodeJS.ProcessEnv,
): Promise<{ path: string; says: string } | undefined> {
  const provision = (await import(pathToFileURL(join(packageRoot, 'scripts/provision/temporal.mjs')).href)) as {
    findTemporal(where: { cacheRoot: string; env: NodeJS.ProcessEnv }): Promise<{ path: string; says: string } | undefined>;
  };
  return provision.findTemporal({ cacheRoot, env });
}
