import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { pythonFolder, rootsOf } from './worker/roots.ts';

const python = join(pythonFolder(rootsOf(import.meta.dirname, process.env)), 'bin');

const withServers = ['test/system/**/*.test.ts', 'test/packaging/**/*.test.ts'];
/** These share one Temporal server and one workflow bundle. */
const ofWorkflows = ['test/workflows/**/*.test.ts', 'test/replay/**/*.test.ts'];
/** What system tests import of ours they take from the build, and so everything they start is of the build. */
const built = {
  find: /^(?:\.\.\/)+((?:domain|workflows|activities|adapters|library|worker|gateway|scripts)\/.+)\.ts$/,
  replacement: join(import.meta.dirname, 'dist/$1.js'),
};
const long = ['test/**/*.long.test.ts', 'benchmarks/**/*.long.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    env: existsSync(python) ? { ANCHORWATCH_PYTHON_BIN: process.env.ANCHORWATCH_PYTHON_BIN ?? python } : {},
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...withServers, ...ofWorkflows, ...long],
          // Modules keep nothing but caches, and tests undo what they change: loaded once a worker, not once a file, they take a third less.
          isolate: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'workflows',
          include: ofWorkflows,
          globalSetup: 'test/workflows/server.ts',
          sequence: { concurrent: true },
          maxConcurrency: 6,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        resolve: { alias: [built] },
        test: {
          // Projects run in the order of their names: the longest files come first, and the short ones fill what they leave.
          name: 'system',
          include: withServers,
          exclude: long,
          globalSetup: 'test/system/build.ts',
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: long,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
