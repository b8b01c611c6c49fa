import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { pythonFolder, requirementsFile } from './locations.mjs';
import { whileLocked } from './lock.mjs';
import { lastLines, run } from './run.mjs';
import { isAtLeast } from './version.mjs';

const least = '3.10';
/** Written last: an environment without it was interrupted and is made anew. */
const complete = '.complete';

export function isPythonReady(folder) {
  return existsSync(join(folder, complete));
}

/** A virtual environment of the pinned requirements. It cannot be moved once made, so it is made in its place under a lock. */
export async function ensurePython({ packageRoot, cacheRoot, env, say }) {
  const folder = pythonFolder(packageRoot, cacheRoot);
  if (isPythonReady(folder)) return `environment in ${folder}`;

  const python = await findPython(env);
  return whileLocked(join(cacheRoot, 'locks'), basename(folder), say, async () => {
    if (!isPythonReady(folder)) await make(folder, python, requirementsFile(packageRoot), env, say);
    return `environment in ${folder}`;
  });
}

/** @returns {Promise<{command: string, version: string}>} the first Python that is new enough: ANCHORWATCH_PYTHON, else python3 or python on PATH */
export async function findPython(env) {
  const candidates = env.ANCHORWATCH_PYTHON ? [env.ANCHORWATCH_PYTHON] : ['python3', 'python'];
  const seen = [];
  for (const command of candidates) {
    const { code, output } = await run(command, ['-c', 'import platform; print(platform.python_version())'], { env, timeoutSeconds: 20 });
    const version = output.trim();
    if (code === 0 && isAtLeast(version, least)) return { command, version };
    seen.push(code === 0 ? `${command} is ${version}` : `${command} does not run`);
  }
  throw new SetupFailure(
    `No Python ${least} or later (${seen.join(', ')}).`,
    `Install Python ${least} or later, or name one: ANCHORWATCH_PYTHON=/path/to/python3 node scripts/setup.mjs`,
  );
}

async function make(folder, python, requirements, env, say) {
  say(`making an environment with Python ${python.version} and MLflow (a minute or two, 850 MB)`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await must(
    python.command,
    ['-m', 'venv', folder],
    env,
    'Install the venv module of this Python (Debian, Ubuntu: apt install python3-venv), then run this again.',
  );
  await must(
    join(folder, 'bin/python'),
    [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-input',
      '--disable-pip-version-check',
      '--only-binary',
      ':all:',
      '--requirement',
      requirements,
    ],
    env,
    'Check the network, the package index (pip config list) and the space on the disk, then run this again.',
  );
  await must(join(folder, 'bin/mlflow'), ['--version'], env, `Remove ${folder} and run this again.`);
  await writeFile(join(folder, complete), `${python.version}\n`);
}

async function must(command, args, env, remedy) {
  const { code, output } = await run(command, args, { env });
  if (code !== 0)
    throw new SetupFailure(`${basename(command)} ${args.slice(0, 3).join(' ')} ended with ${code}:\n    ${lastLines(output)}`, remedy);
}
