import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The package as it is published, a file. */
    packed: string;
  }
}

/** Builds and packs once. What is tested here is what is shipped: these tests' own imports are of the build, too. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'anchorwatch-packed-'));
  // What npm tells the programs it starts, such as to be silent, is not for another npm.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--pack-destination', folder], { cwd: project.config.root, env });
  // What the build says comes before.
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [{ filename: string }];
  project.provide('packed', join(folder, filename));
  return () => rm(folder, { recursive: true });
}
