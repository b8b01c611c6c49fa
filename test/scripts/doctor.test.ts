import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { examine } from '../../scripts/doctor/examine.ts';
import type { Finding } from '../../scripts/doctor/finding.ts';
import { ownProgram } from '../../scripts/embedded/own-program.ts';
import { usualPorts } from '../../scripts/embedded/ports.ts';
import { startStack } from '../../scripts/embedded/stack.ts';
import { emptyFolder } from '../empty-folder.ts';

const closing: Server[] = [];
afterEach(() => {
  for (const server of closing.splice(0)) server.close();
});

describe('a state folder that cannot be written', () => {
  const cases = [
    {
      name: 'on a full disk',
      stateRoot: onFullDisk,
      says: /no space is left \(ENOSPC\)/,
      remedy: /free 2 GB there \(look: df -h .*\), or .*ANCHORWATCH_STATE=/,
    },
    {
      name: 'without the right to it',
      stateRoot: () => '/sys/anchorwatch',
      says: /no permission|read-only/,
      remedy: /ANCHORWATCH_STATE=/,
    },
    {
      name: 'in whose place a file stands',
      stateRoot: () => join(fileIn(emptyFolder()), 'state'),
      says: /a file stands in the place of a folder/,
      remedy: /move the file away, or .*ANCHORWATCH_STATE=/,
    },
  ];

  it.each(cases)('given one $name, when doctor looks, then cause and remedy are named', async ({ stateRoot, says, remedy }) => {
    const found = await look({ ANCHORWATCH_STATE: stateRoot() });
    expect(partOf(found, 'State folder')).toMatchObject({
      state: 'ill',
      says: expect.stringMatching(says),
      remedy: expect.stringMatching(remedy),
    });
  });

  it.each(cases)(
    'given one $name, when the stack is started, then it says the same and starts nothing',
    async ({ stateRoot, says, remedy }) => {
      const said: string[] = [];
      const env = { ...process.env, ANCHORWATCH_STATE: stateRoot() };
      const start = startStack({ cwd: emptyFolder(), env, ports: 'any', say: (line) => said.push(line) });
      await expect(start).rejects.toThrow(new RegExp(`${says.source}[\\s\\S]*${remedy.source}`));
      expect(said).toEqual([]);
    },
  );
});

describe('servers that are not there', () => {
  it('given a Temporal, an MLflow, a gateway and a bucket that do not answer, when doctor looks, then each is named with its address and where to mend it', async () => {
    const folder = emptyFolder();
    const store = { kind: 's3', bucket: 'models', endpoint: 'http://127.0.0.1:1', accessKeyId: 'env:KEY', secretAccessKey: 'env:SECRET' };
    writeFileSync(
      join(folder, 'anchorwatch.config.yaml'),
      JSON.stringify({
        temporal: { address: '127.0.0.1:1' },
        mlflow: { trackingUri: 'http://127.0.0.1:2' },
        gateway: { url: 'http://127.0.0.1:3' },
        store,
      }),
    );
    const found = await look({ KEY: 'k', SECRET: 's' }, folder);
    expect(partOf(found, 'Temporal')).toMatchObject({ state: 'ill', says: expect.stringContaining('127.0.0.1:1 does not answer') });
    expect(partOf(found, 'Temporal').remedy).toContain('temporal.address');
    expect(partOf(found, 'MLflow')).toMatchObject({ state: 'ill', says: expect.stringMatching(/127\.0\.0\.1:2 does not answer: \S+/) });
    expect(partOf(found, 'MLflow').remedy).toContain('mlflow.trackingUri');
    expect(partOf(found, 'Gateway')).toMatchObject({ state: 'ill', says: expect.stringContaining('127.0.0.1:3 does not answer') });
    expect(partOf(found, 'Store')).toMatchObject({ state: 'ill', says: expect.stringContaining('s3://models/') });
  });

  it('given no Temporal, when a worker is started, then it ends with the address and the command to run', async () => {
    const { code, said } = await ended(start('worker/main', ['--queues', 'control'], { TEMPORAL_ADDRESS: '127.0.0.1:1' }));
    expect(code).toBe(1);
    expect(said).toMatch(/Temporal does not answer at 127\.0\.0\.1:1 \(.*\)\.\n {2}anchorwatch doctor/);
  });
});

describe('a port that another program has', () => {
  it('given one of the usual ports is taken, when doctor looks, then it is named as no fault: another is taken instead', async () => {
    await taken(usualPorts.gateway);
    const found = partOf(await look({}), 'Ports');
    expect(found).toMatchObject({ state: 'idle', remedy: 'nothing: free ones will be used instead' });
    expect(found.says).toContain(`${usualPorts.gateway}`);
  });

  it('given the port of a gateway is taken, when it is started by hand, then it names the port and the option', async () => {
    const port = await taken(0);
    const { code, said } = await ended(start('gateway/main', ['--state', emptyFolder(), '--port', String(port)], {}));
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`port is taken: .*${port}\\. Choose another with --port`));
  });
});

/** A write of the doctor's probe meets a device that is always full. */
function onFullDisk(): string {
  if (!existsSync('/dev/full')) throw new Error('this system has no /dev/full to stand for a full disk');
  const folder = join(emptyFolder(), 'state');
  mkdirSync(folder);
  symlinkSync('/dev/full', join(folder, `.probe-${process.pid}`));
  return folder;
}

function fileIn(folder: string): string {
  const path = join(folder, 'file');
  writeFileSync(path, '');
  return path;
}

async function look(env: Readonly<Record<string, string>>, cwd = emptyFolder()): Promise<readonly Finding[]> {
  return examine({ cwd, env: { ...process.env, ANCHORWATCH_STATE: join(cwd, 'state'), ...env } });
}

function partOf(findings: readonly Finding[], part: string): Finding {
  return findings.find((finding) => finding.part === part) as Finding;
}

/** Holds a port; one that somebody else holds already is as good. */
async function taken(port: number): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  const isOurs = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isOurs) return port;
  closing.push(server);
  return (server.address() as { port: number }).port;
}

function start(path: string, more: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const program = ownProgram(path);
  return spawn(program.file, [...program.arguments, ...more], {
    cwd: emptyFolder(),
    env: { ...process.env, ANCHORWATCH_STATE: emptyFolder(), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

async function ended(child: ChildProcess): Promise<{ code: number; said: string }> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return { code: code as number, said };
}
