import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pythonFolder } from '../../worker/roots.ts';

const root = join(import.meta.dirname, '../..');
const provision = join(root, 'scripts/provision');
const load = <T>(file: string) => import(pathToFileURL(join(provision, file)).href) as Promise<T>;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anchorwatch-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A package of its own with the real set-up in it, an empty cache, and only the programs that are put into `bin`. */
function strangersMachine(): { setup: string; env: NodeJS.ProcessEnv; program(name: string, text: string): void } {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(join(folder, 'package/scripts'), { recursive: true });
  cpSync(join(root, 'scripts/setup.mjs'), join(folder, 'package/scripts/setup.mjs'));
  cpSync(provision, join(folder, 'package/scripts/provision'), { recursive: true });
  for (const tool of ['sh', 'sleep', 'cat', 'mkdir', 'dirname', 'echo', 'chmod', 'cp']) {
    const found = ['/bin', '/usr/bin'].map((place) => join(place, tool)).find(existsSync);
    if (found) symlinkSync(found, join(bin, tool));
  }
  return {
    setup: join(folder, 'package/scripts/setup.mjs'),
    env: { PATH: bin, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') },
    program(name, text) {
      mkdirSync(dirname(join(bin, name)), { recursive: true });
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    },
  };
}

const temporal = 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"';

/** Plays Python: tells its version, makes an environment whose pip and mlflow do what they are told, and counts the makings. */
const python = (pip: string) => `
case "$*" in
  *platform*) echo 3.11.7 ;;
  "-m venv "*)
    echo made >> "$HOME/makings"
    mkdir -p "$3/bin"
    printf '#!/bin/sh\\n${pip}\\n' > "$3/bin/python"
    printf '#!/bin/sh\\necho mlflow\\n' > "$3/bin/mlflow"
    chmod +x "$3/bin/python" "$3/bin/mlflow" ;;
esac`;

const run = (setup: string, env: NodeJS.ProcessEnv) => spawnSync(process.execPath, [setup], { env, encoding: 'utf8' });

describe('set-up', () => {
  it('given this machine as it is, when it runs again, then it finds everything and does nothing', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/setup.mjs')], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout.match(/^✓ (Node|packages|Python|Temporal) /gm)).toHaveLength(4);
    expect(stdout).not.toContain('…');
  });

  it('given an empty cache, when it runs twice, then the environment is made once', () => {
    const { setup, env, program } = strangersMachine();
    program('python3', python('exit 0'));
    program('temporal', temporal);
    const [first, second] = [run(setup, env), run(setup, env)];
    expect([first.status, second.status], first.stderr).toEqual([0, 0]);
    expect(second.stdout).not.toContain('…');
    expect(readFileSync(join(folder, 'makings'), 'utf8')).toBe('made\n');
  });

  it('given an environment that was interrupted, when it runs, then it is made anew', () => {
    const { setup, env, program } = strangersMachine();
    program('python3', python('exit 0'));
    program('temporal', temporal);
    expect(run(setup, env).status).toBe(0);
    const place = pythonFolder({ packageRoot: join(folder, 'package'), cacheRoot: join(folder, 'cache/anchorwatch') });
    rmSync(join(place, '.complete'));
    rmSync(join(place, 'bin/mlflow'));
    expect(run(setup, env).status).toBe(0);
    expect(existsSync(join(place, 'bin/mlflow'))).toBe(true);
  });

  it('given four that run at the same time, when all have ended, then the environment was made once', async () => {
    const { setup, env, program } = strangersMachine();
    program('python3', python('sleep 1'));
    program('temporal', temporal);
    const ends = await Promise.all(Array.from({ length: 4 }, () => once(spawn(process.execPath, [setup], { env }), 'exit')));
    expect(ends.map(([code]) => code)).toEqual([0, 0, 0, 0]);
    expect(readFileSync(join(folder, 'makings'), 'utf8')).toBe('made\n');
  });

  it('given a Python that is too old, when it runs, then it is named with what to do and the exit code is 1', () => {
    const { setup, env, program } = strangersMachine();
    program('python3', 'echo 3.8.1');
    program('temporal', temporal);
    const { status, stdout, stderr } = run(setup, env);
    expect(status).toBe(1);
    expect(stderr).toMatch(/✗ Python +No Python 3\.10 or later \(python3 is 3\.8\.1, python does not run\)\.\n {2}Install Python/);
    expect(stderr).toContain('ANCHORWATCH_PYTHON=');
    expect(stdout).toContain('✓ Temporal');
  });

  it('given a package index that does not answer, when it runs, then its last words and a remedy are told', () => {
    const { setup, env, program } = strangersMachine();
    program('python3', python('echo no route to index >&2; exit 1'));
    program('temporal', temporal);
    const { status, stderr } = run(setup, env);
    expect(status).toBe(1);
    expect(stderr).toMatch(/✗ Python +python -m pip install ended with 1:\n {4}no route to index\n {2}Check the network/);
  });
});

describe("finding Temporal's command line", () => {
  type Finder = { findTemporal(where: { cacheRoot: string; env: NodeJS.ProcessEnv }): Promise<{ path: string; says: string } | undefined> };

  it.each([
    ['an old one', 'echo "temporal version 0.13.2 (Server 1.24.0, UI 2.26.2)"', false],
    ['one that crashes', 'exit 139', false],
    ['another program of that name', 'echo "temporal 5.0"', false],
    ['a release', temporal, true],
    ['one built from source', 'echo "temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)"', true],
    ['an old one built from source', 'echo "temporal version 0.0.0-DEV (Server 1.22.0, UI 2.20.0)"', false],
  ])('given %s on PATH, when it is looked for, then it is taken only if it suits', async (_, text, suits) => {
    const { env, program } = strangersMachine();
    program('temporal', text);
    const { findTemporal } = await load<Finder>('temporal.mjs');
    const found = await findTemporal({ cacheRoot: join(folder, 'cache/anchorwatch'), env });
    expect(found?.path).toBe(suits ? join(folder, 'bin/temporal') : undefined);
  });

  it('given a bad one on PATH and a good one in the cache, when it is looked for, then the cached one is taken', async () => {
    const { env, program } = strangersMachine();
    program('temporal', 'exit 1');
    const cached = join(folder, 'cache/anchorwatch/temporal-1.5.1');
    mkdirSync(cached, { recursive: true });
    writeFileSync(join(cached, 'temporal'), `#!/bin/sh\n${temporal}\n`, { mode: 0o755 });
    const { findTemporal } = await load<Finder>('temporal.mjs');
    expect((await findTemporal({ cacheRoot: join(folder, 'cache/anchorwatch'), env }))?.path).toBe(join(cached, 'temporal'));
  });
});

describe("getting Temporal's command line", () => {
  type Maker = { ensureTemporal(machine: { cacheRoot: string; env: NodeJS.ProcessEnv; say(text: string): void }): Promise<string> };
  const said: string[] = [];
  const machine = (env: NodeJS.ProcessEnv) => ({
    cacheRoot: join(folder, 'cache/anchorwatch'),
    env,
    say: (text: string) => said.push(text),
  });
  const cached = () => join(folder, 'cache/anchorwatch/temporal-1.5.1/temporal');

  afterEach(() => {
    vi.restoreAllMocks();
    said.length = 0;
  });

  it('given a download that works, when it is asked for, then what came is unpacked, tried and kept', async () => {
    const { env, program } = strangersMachine();
    program('temporal-release/temporal', temporal);
    const archive = spawnSync('tar', ['-czf', '-', '-C', join(folder, 'bin/temporal-release'), 'temporal']).stdout;
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(archive));
    const { ensureTemporal } = await load<Maker>('temporal.mjs');
    expect(await ensureTemporal(machine({ ...env, PATH: `${env.PATH}:/usr/bin:/bin` }))).toBe(`server 1.29.1 at ${cached()}`);
    expect(said).toEqual(['downloading Temporal 1.5.1']);
  });

  it('given no download site but Go, when it is asked for, then it is built, at the pinned version', async () => {
    const { env, program } = strangersMachine();
    program(
      'go',
      `echo "$CGO_ENABLED $*" > "$HOME/go-was-told"; printf '#!/bin/sh\\n${temporal}\\n' > "$GOBIN/temporal"; chmod +x "$GOBIN/temporal"`,
    );
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } }));
    const { ensureTemporal } = await load<Maker>('temporal.mjs');
    expect(await ensureTemporal(machine(env))).toBe(`server 1.29.1 at ${cached()}`);
    expect(readFileSync(join(folder, 'go-was-told'), 'utf8')).toBe('0 install github.com/temporalio/cli/cmd/temporal@v1.5.1\n');
  });

  it('given neither, when it is asked for, then every way that was tried is named, with what to do, and nothing is left', async () => {
    const { env } = strangersMachine();
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } }));
    const { ensureTemporal } = await load<Maker>('temporal.mjs');
    await expect(ensureTemporal(machine(env))).rejects.toMatchObject({
      message: expect.stringMatching(/download: https:\/\/temporal\.download\S+: ENOTFOUND\n {4}build: Go is not installed/),
      remedy: expect.stringContaining('https://docs.temporal.io/cli'),
    });
    expect(readdirSync(join(folder, 'cache/anchorwatch'))).toEqual(['locks']);
  });
});

describe('the lock of set-up', () => {
  type Locker = { whileLocked<T>(folder: string, name: string, say: (text: string) => void, work: () => Promise<T>): Promise<T> };

  it('given the lock of a process that has ended, when the next comes, then it takes it over', async () => {
    const { whileLocked } = await load<Locker>('lock.mjs');
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    writeFileSync(join(folder, 'step.lock'), String(gone.pid));
    expect(
      await whileLocked(
        folder,
        'step',
        () => undefined,
        async () => 'done',
      ),
    ).toBe('done');
    expect(existsSync(join(folder, 'step.lock'))).toBe(false);
  });

  it('given a lock that nobody has renewed for long, when the next comes, then it takes it over, whoever has its pid now', async () => {
    const { whileLocked } = await load<Locker>('lock.mjs');
    writeFileSync(join(folder, 'step.lock'), String(process.pid));
    utimesSync(join(folder, 'step.lock'), new Date(0), new Date(0));
    expect(
      await whileLocked(
        folder,
        'step',
        () => undefined,
        async () => 'done',
      ),
    ).toBe('done');
  });

  it('given eight at the same time, when all have ended, then no two worked at once', async () => {
    const { whileLocked } = await load<Locker>('lock.mjs');
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setTimeout(resolve, 20));
      working--;
    };
    await Promise.all(Array.from({ length: 8 }, () => whileLocked(folder, 'step', () => undefined, work)));
    expect(most).toBe(1);
  });
});

describe('the packages of Node', () => {
  type Packages = { isInstalled(packageRoot: string): boolean };
  const lock = (versions: Record<string, { version: string; optional?: true }>) => JSON.stringify({ packages: versions });

  it.each([
    ['equal', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['another version', { 'node_modules/a': { version: '1.0.1' } }, false],
    ['one missing', {}, false],
    ['one too many', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } }, false],
  ])(
    'given what is installed and the lock file, when they are compared and it is %s, then the answer is right',
    async (_, present, answer) => {
      const { isInstalled } = await load<Packages>('packages.mjs');
      mkdirSync(join(folder, 'node_modules'));
      writeFileSync(
        join(folder, 'package-lock.json'),
        lock({
          '': { version: '1.0.0' },
          'node_modules/a': { version: '1.0.0' },
          'node_modules/other-system': { version: '1.0.0', optional: true },
        }),
      );
      writeFileSync(join(folder, 'node_modules/.package-lock.json'), lock(present as Record<string, { version: string }>));
      expect(isInstalled(folder)).toBe(answer);
    },
  );
});

it('given one requirements file, when set-up and worker look for its environment, then in the same folder', async () => {
  const { pythonFolder: asSetUp } = await load<{ pythonFolder(packageRoot: string, cacheRoot: string): string }>('locations.mjs');
  expect(pythonFolder({ packageRoot: root, cacheRoot: '/cache' })).toBe(asSetUp(root, '/cache'));
});
