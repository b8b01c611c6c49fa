import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-loads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Addresses of every script a program loaded, by its coverage. */
function loadedBy(program: string): string[] {
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: root,
    env: { ...process.env, NODE_V8_COVERAGE: folder, NODE_OPTIONS: '' },
    stdio: 'pipe',
  });
  return readdirSync(folder).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: readonly { url: string }[] };
    return result.map(({ url }) => url);
  });
}

it('given a program that imports the library, when its loaded files are looked at, then none belongs to Temporal, MLflow or a server', () => {
  const loaded = loadedBy(`const { check } = await import('./library/index.ts'); if (typeof check !== 'function') process.exit(1);`);
  expect(loaded.some((url) => url.endsWith('/library/check.ts'))).toBe(true);
  expect(loaded.some((url) => url.includes('/@duckdb/'))).toBe(true);
  expect(loaded.filter((url) => /@temporalio|\/undici\/|@aws-sdk|\/adapters\/(registry|serving|router)\/|\/workflows\//.test(url))).toEqual(
    [],
  );
});
