import { createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SetupFailure } from './failure.mjs';
import { whileLocked } from './lock.mjs';
import { lastLines, run } from './run.mjs';
import { isAtLeast } from './version.mjs';

const pinned = '1.5.1';
const least = '1.1.0';
/** Programs built from source carry no version of their own, but name the server inside. */
const leastServer = '1.25.0';
const module = `github.com/temporalio/cli/cmd/temporal@v${pinned}`;

const folderOf = (cacheRoot) => join(cacheRoot, `temporal-${pinned}`);

/** @returns {Promise<{path: string, says: string} | undefined>} Temporal's command line: on PATH when it runs and is new enough, else the cached one */
export async function findTemporal({ cacheRoot, env }) {
  const onPath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'temporal'));
  for (const path of [...onPath, join(folderOf(cacheRoot), 'temporal')]) {
    if (!existsSync(path)) continue;
    const says = await versionOf(path);
    if (says !== undefined) return { path, says };
  }
  return undefined;
}

export async function ensureTemporal({ cacheRoot, env, say }) {
  const found = await findTemporal({ cacheRoot, env });
  if (found) return told(found);

  return whileLocked(join(cacheRoot, 'locks'), `temporal-${pinned}`, say, async () => {
    const meanwhile = await findTemporal({ cacheRoot, env });
    if (meanwhile) return told(meanwhile);

    await mkdir(cacheRoot, { recursive: true });
    const work = await mkdtemp(join(cacheRoot, 'temporal-making-'));
    try {
      const faults = [];
      for (const obtain of [download, build]) {
        const fault = await obtain(work, env, say);
        if (fault === undefined) return told(await install(work, cacheRoot));
        faults.push(fault);
      }
      throw new SetupFailure(
        `Temporal's command line could not be had:\n    ${faults.join('\n    ')}`,
        'Install it by hand (https://docs.temporal.io/cli), so that `temporal --version` runs, or install Go 1.24 or later; then run this again.',
      );
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

const told = ({ path, says }) => `${says} at ${path}`;

async function versionOf(path) {
  const { code, output } = await run(path, ['--version'], { timeoutSeconds: 20 });
  const [, version, server] = /version (\d+\.\d+\.\d+)\S* \(Server (\d+\.\d+\.\d+)/i.exec(output) ?? [];
  if (code !== 0 || version === undefined) return undefined;
  const suits = isAtLeast(version, least) || (version === '0.0.0' && isAtLeast(server, leastServer));
  return suits ? `server ${server}` : undefined;
}

/** @returns {Promise<string | undefined>} what went wrong, if anything */
async function download(work, env, say) {
  const platform = { linux: 'linux', darwin: 'darwin' }[process.platform];
  const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch];
  if (!platform || !arch) return `no download for ${process.platform} ${process.arch}`;
  const address = `https://temporal.download/cli/archive/v${pinned}?platform=${platform}&arch=${arch}`;
  say(`downloading Temporal ${pinned}`);
  try {
    const answer = await fetchWithin(address, 10, 180);
    if (!answer.ok) return `download: ${address} answered ${answer.status}`;
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(join(work, 'archive.tar.gz')));
  } catch (fault) {
    return `download: ${address}: ${fault.cause?.code ?? fault.message}`;
  }
  const { code, output } = await run('tar', ['-xzf', join(work, 'archive.tar.gz'), '-C', work, 'temporal'], { env });
  if (code !== 0) return `download: what came is no archive of the program: ${lastLines(output, 1)}`;
  return (await versionOf(join(work, 'temporal'))) === undefined ? 'download: the program that came does not run here' : undefined;
}

/** Gives up when no answer begins within the first limit, or it has not ended within the second. */
async function fetchWithin(address, answerSeconds, totalSeconds) {
  const unanswered = new AbortController();
  const timer = setTimeout(() => unanswered.abort(new Error(`no answer within ${answerSeconds} s`)), answerSeconds * 1000);
  try {
    return await fetch(address, { signal: AbortSignal.any([unanswered.signal, AbortSignal.timeout(totalSeconds * 1000)]) });
  } finally {
    clearTimeout(timer);
  }
}

/** @returns {Promise<string | undefined>} what went wrong, if anything */
async function build(work, env, say) {
  say(`no download to be had; building Temporal ${pinned} with Go (two or three minutes)`);
  const { code, output } = await run('go', ['install', module], { env: { ...env, CGO_ENABLED: '0', GOBIN: work, GOFLAGS: '-modcacherw' } });
  if (code === 127) return 'build: Go is not installed';
  if (code !== 0) return `build: go install ended with ${code}: ${lastLines(output, 3)}`;
  return (await versionOf(join(work, 'temporal'))) === undefined ? 'build: the program that was built does not run' : undefined;
}

async function install(work, cacheRoot) {
  const folder = folderOf(cacheRoot);
  const path = join(folder, 'temporal');
  await mkdir(folder, { recursive: true });
  await chmod(join(work, 'temporal'), 0o755);
  await rename(join(work, 'temporal'), path);
  return { path, says: await versionOf(path) };
}
