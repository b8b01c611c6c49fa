import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { groupMembers } from '../../adapters/process/group-members.ts';
import { isAlive, type ProcessRecord, recordProcess } from '../../adapters/process/process-record.ts';
import { readStackRecord } from '../../worker/stack-record.ts';

/** npm tells the programs it starts where it was started; those below must not think that they are in this checkout. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD|NODE_OPTIONS|VITEST|ANCHORWATCH_)/i.test(name)),
);

describe('the package, installed in an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-package-'));
  const stranger = join(folder, 'stranger');

  const anchorwatch = (...args: string[]) =>
    spawnSync('npx', ['--no-install', 'anchorwatch', ...args], { cwd: stranger, env, encoding: 'utf8' });

  beforeAll(() => {
    mkdirSync(stranger);
    writeFileSync(join(stranger, 'package.json'), '{"private": true}');
    execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', inject('packed')], {
      cwd: stranger,
      env,
      stdio: 'pipe',
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('given nothing but the package, when help is asked for, then every command is listed', () => {
    const { status, stdout } = anchorwatch('--help');
    expect(status).toBe(0);
    for (const command of ['up', 'doctor']) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });

  it('given a machine that is set up, when the doctor looks, then all is well or merely not started', () => {
    const { status, stdout, stderr } = anchorwatch('doctor', '--json');
    const { findings } = JSON.parse(stdout) as { findings: readonly { part: string; state: string }[] };
    expect(
      findings.filter(({ state }) => state === 'ill'),
      stderr,
    ).toEqual([]);
    expect(findings.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['Node', 'Python', 'Temporal CLI', 'State folder', 'Disk', 'Temporal', 'MLflow', 'Gateway', 'Store']),
    );
    expect(status).toBe(0);
  });

  it('given an empty cache, when the doctor looks, then what is missing is named with the command of this package and the exit code is 1', () => {
    const { status, stdout } = spawnSync('npx', ['--no-install', 'anchorwatch', 'doctor'], {
      cwd: stranger,
      env: { ...env, XDG_CACHE_HOME: join(folder, 'empty'), npm_config_cache: join(folder, 'npm-cache') },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ Python .*\n +→ node \S+stranger\/node_modules\/anchorwatch\/scripts\/setup\.mjs/);
  });

  it('given the package, when its own set-up runs, then it finds its requirements and needs no lock file', () => {
    const { status, stdout } = spawnSync(process.execPath, ['node_modules/anchorwatch/scripts/setup.mjs'], {
      cwd: stranger,
      env,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('installed with the package');
  });

  it('given the built package, when its stack comes up, then everything works, and after the end nothing is left running', async () => {
    const up = anchorwatch('up', '--detach');
    expect(up.status, up.stderr + up.stdout).toBe(0);
    const processes = Object.values(readStackRecord(join(stranger, '.anchorwatch'))?.processes ?? {});
    const pid = Number(/kill (\d+)/.exec(up.stdout)?.[1]);
    try {
      expect(processes.filter(isAlive)).toHaveLength(5);
      const { findings } = JSON.parse(anchorwatch('doctor', '--json').stdout) as { findings: readonly { state: string }[] };
      expect(findings.filter(({ state }) => state !== 'well')).toEqual([]);
    } finally {
      const supervisor = recordProcess(pid) as ProcessRecord;
      process.kill(pid, 'SIGTERM');
      while (isAlive(supervisor)) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(processes.flatMap(groupMembers)).toEqual([]);
  });

  it('given a program that imports the package, when it checks one file against another, then it gets the verdict', () => {
    const rows = (shift: number) => ['amount', ...Array.from({ length: 200 }, (_, row) => (row % 40) + shift)].join('\n');
    writeFileSync(join(folder, 'before.csv'), rows(0));
    writeFileSync(join(folder, 'after.csv'), rows(30));
    const program =
      "import { check } from 'anchorwatch'; console.log((await check({ baseline: '../before.csv', data: '../after.csv' })).says)";
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: stranger,
      env,
      encoding: 'utf8',
    });
    expect(stdout, stderr).toMatch(/^Alarm: amount moved; of 1 column\./);
  });

  it('given the commands, when they have run, then the package is as it was: state and cache are elsewhere', () => {
    const installed = join(stranger, 'node_modules/anchorwatch');
    expect(readdirSync(stranger).sort()).toEqual(['.anchorwatch', 'node_modules', 'package-lock.json', 'package.json']);
    expect(existsSync(join(installed, '.anchorwatch'))).toBe(false);
    expect(existsSync(join(installed, 'dist/workflow-bundle.js'))).toBe(true);
    expect(existsSync(join(installed, 'test'))).toBe(false);
  });
});
