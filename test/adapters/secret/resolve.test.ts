import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { resolveSecret } from '../../../adapters/secret/resolve.ts';
import type { SecretName } from '../../../domain/policy/policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));
const named = (name: string) => name as SecretName;

it('given a variable or a file, when its name is resolved, then the secret comes without its line end', () => {
  writeFileSync(join(folder, 'token'), 'from-file\n');
  expect(resolveSecret(named('env:TOKEN'), { TOKEN: 'from-env' })).toBe('from-env');
  expect(resolveSecret(named(`file:${join(folder, 'token')}`), {})).toBe('from-file');
});

it('given nothing behind the name, when it is resolved, then the name and the remedy are told', () => {
  expect(() => resolveSecret(named('env:TOKEN'), {})).toThrow('Secret env:TOKEN is not set. Set TOKEN in the environment of this process.');
  expect(() => resolveSecret(named('env:TOKEN'), { TOKEN: ' ' })).toThrow('is not set');
  expect(() => resolveSecret(named(`file:${folder}/absent`), {})).toThrow(/Secret file:.*absent is not set\. Write the secret to/);
});
