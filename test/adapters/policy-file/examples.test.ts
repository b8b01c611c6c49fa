import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { renderProblems } from '../../../adapters/policy-file/problem.ts';
import { readPolicyFile } from '../../../adapters/policy-file/read-policy-file.ts';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const policies = readdirSync(examples)
  .map((example) => join(examples, example, 'anchorwatch.yaml'))
  .filter((policy) => existsSync(policy));

it('given the examples, when they are looked through, then there are policies among them', () => {
  expect(policies.length).toBeGreaterThan(0);
});

it.each(policies)('given %s, when it is read, then it has no problems', (path) => {
  const reading = readPolicyFile(path);
  expect(reading.ok ? '' : renderProblems(reading.problems)).toBe('');
});
