import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const beatMilliseconds = 2_000;
const staleMilliseconds = 30_000;

/** Does the work while no other process of this machine holds the lock; one whose holder died is taken over. */
export async function whileLocked(folder, name, say, work) {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.lock`);
  const mine = join(folder, `${name}.${randomUUID()}`);
  await writeFile(mine, String(process.pid));
  try {
    await acquire(path, mine, say);
    const beat = setInterval(() => utimes(path, new Date(), new Date()).catch(() => {}), beatMilliseconds);
    try {
      return await work();
    } finally {
      clearInterval(beat);
      await rm(path, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
}

async function acquire(path, mine, say) {
  let told = false;
  for (;;) {
    if (await linked(mine, path)) return;
    if (await isStale(path)) await discard(path, mine);
    else if (!told) {
      told = true;
      say('another setup is at this step; waiting for it.');
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function linked(mine, path) {
  try {
    await link(mine, path);
    return true;
  } catch (fault) {
    if (fault.code === 'EEXIST') return false;
    throw fault;
  }
}

async function isStale(path) {
  try {
    const [{ mtimeMs }, holder] = await Promise.all([stat(path), readFile(path, 'utf8')]);
    return Date.now() - mtimeMs > staleMilliseconds || !isAlive(Number(holder));
  } catch (fault) {
    if (fault.code === 'ENOENT') return false;
    throw fault;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}

/** Moves the lock aside and looks again: when it was renewed between the two looks, it goes back. */
async function discard(path, mine) {
  const aside = `${mine}.aside`;
  try {
    await rename(path, aside);
  } catch (fault) {
    if (fault.code === 'ENOENT') return;
    throw fault;
  }
  if (!(await isStale(aside))) await linked(aside, path);
  await rm(aside, { force: true });
}
