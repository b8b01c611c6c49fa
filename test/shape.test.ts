import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const parts = ['domain', 'workflows', 'activities', 'adapters', 'library', 'worker', 'gateway', 'scripts'];

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

function violations(folder: string): readonly Violation[] {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const output = execFileSync(process.execPath, [cruiser, '--config', config, '--output-type', 'json', ...parts], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return (JSON.parse(output) as { summary: { violations: readonly Violation[] } }).summary.violations;
}

describe('the shape of the house', () => {
  it('given all files, when their imports are followed, then nobody knows what he must not', () => {
    expect(violations(root).map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  it('given the workflows, when they import activities, then as types only', () => {
    const imports = readdirSync(join(root, 'workflows'))
      .filter((file) => file.endsWith('.ts'))
      .flatMap(
        (file) =>
          readFileSync(join(root, 'workflows', file), 'utf8').match(/^(import|export)\b[^;]*from '\.\.\/activities\/[^']+'/gm) ?? [],
      );
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((line) => !line.startsWith('import type '))).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-shape-'));
  let broken: readonly string[];

  /** One breach of each rule. */
  const files: Readonly<Record<string, string>> = {
    'domain/outward.ts': "export * from '../adapters/driver.ts';",
    'domain/reads.ts': "export { readFile } from 'node:fs/promises';",
    'domain/validates.ts': "export { z } from 'zod';",
    'domain/counts.ts': "export { mean } from 'simple-statistics';",
    'workflows/reaches.ts': "export * from '../adapters/driver.ts';",
    'workflows/reads.ts': "export { readFile } from 'node:fs/promises';",
    'workflows/validates.ts': "export { z } from 'zod';",
    'activities/reaches.ts': "export * from '../adapters/driver.ts';",
    'activities/validates.ts': "export { z } from 'zod';",
    'adapters/driver.ts': 'export const driver = 1;',
    'adapters/upward.ts': "export * from '../worker/compose.ts';",
    'adapters/temporal.ts': "export { Client } from '@temporalio/client';",
    'library/reaches.ts': "export * from '../worker/compose.ts';",
    'library/loads.ts': "export * from '../adapters/temporal.ts';",
    'worker/compose.ts': 'export const compose = 1;',
    'worker/upward.ts': "export * from '../scripts/command.ts';",
    'gateway/reaches.ts': "export * from '../adapters/driver.ts';",
    'gateway/decides.ts': "export * from '../domain/decision/decide.ts';",
    'gateway/temporal.ts': "export { Client } from '@temporalio/client';",
    'domain/decision/decide.ts': 'export const decide = 1;',
    'scripts/command.ts': "export * from './utils/grab-bag.ts';",
    'scripts/utils/grab-bag.ts': 'export const anything = 1;',
    'scripts/tested.ts': "export * from '../test/fixture.ts';",
    'test/fixture.ts': 'export const fixture = 1;',
    'scripts/lost.ts': "export * from './nowhere.ts';",
    'package.json': '{"dependencies": {"zod": "1", "simple-statistics": "1", "@temporalio/client": "1"}}',
    ...Object.fromEntries(['zod', 'simple-statistics', '@temporalio/client'].map((name) => [`node_modules/${name}/index.js`, ''])),
    'domain/egg.ts': "import { hen } from './hen.ts';\nexport const egg = () => hen;",
    'domain/hen.ts': "import { egg } from './egg.ts';\nexport const hen = () => egg;",
  };

  beforeAll(() => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    broken = violations(folder).map(({ from, rule }) => `${rule.name}: ${from}`);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('given one breach of each rule, when the imports are followed, then each rule finds its own', () => {
    const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: readonly { name: string }[] };
    const found = new Set(broken.map((line) => line.split(':')[0]));
    expect(config.forbidden.map(({ name }) => name).filter((name) => !found.has(name))).toEqual([]);
  });

  it('given a little mathematics, when the core imports it, then nobody objects', () => {
    expect(broken.filter((line) => line.endsWith('domain/counts.ts'))).toEqual([]);
  });
});
