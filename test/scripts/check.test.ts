import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anchorwatch-check-'));
  mkdirSync(join(folder, 'scripts'));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  cpSync(join(import.meta.dirname, '../../scripts/check.mjs'), join(folder, 'scripts/check.mjs'));
  writeFileSync(join(folder, 'scripts/setup.mjs'), '');
  for (const tool of ['biome', 'tsc', 'depcruise', 'knip']) program(tool, 'exit 0');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, text: string): void {
  const path = join(folder, 'node_modules/.bin', name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

/** Plays vitest: writes its counts where it was told to, and ends with the code. */
const vitest = (passed: number, failed: number, code: number) => `
for argument in "$@"; do case $argument in --outputFile.json=*) echo '{"numPassedTests":${passed},"numFailedTests":${failed}}' > "\${argument#*=}";; esac; done
exit ${code}`;

function check(): { status: number | null; last: string | undefined } {
  const { status, stdout } = spawnSync(process.execPath, [join(folder, 'scripts/check.mjs')], { encoding: 'utf8' });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
}

it('given that all is right, when it is checked, then the last line counts each stage as one beside the tests', () => {
  program('vitest', vitest(10, 0, 0));
  expect(check()).toEqual({ status: 0, last: '15 passed, 0 failed' });
});

it('given a stage and two tests that fail, when it is checked, then everything else runs and all three are counted', () => {
  program('tsc', 'exit 2');
  program('vitest', vitest(10, 2, 1));
  expect(check()).toEqual({ status: 1, last: '14 passed, 3 failed' });
});

it('given tests that pass and a run that fails, when it is checked, then that is a failure', () => {
  program('vitest', vitest(10, 0, 1));
  expect(check()).toEqual({ status: 1, last: '15 passed, 1 failed' });
});

it('given a run that crashes without a word, when it is checked, then the last line says so all the same', () => {
  program('vitest', 'kill -9 $$');
  expect(check()).toEqual({ status: 1, last: '5 passed, 1 failed' });
});
