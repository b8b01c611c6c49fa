import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { policyFileSchema } from '../../../adapters/policy-file/schema.ts';

const told = ['policy.md', 'sources.md'].map((page) => readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8')).join('\n');

it('given every key a policy may have, when the documentation is read, then it names it', () => {
  const unnamed = [...keysIn(policyFileSchema())].filter((key) => !new RegExp(`\\b${key}\\b`).test(told));
  expect(unnamed).toEqual([]);
});

function keysIn(schema: unknown): Set<string> {
  const keys = new Set<string>();
  const walk = (node: unknown): void => {
    if (!(node instanceof Object)) return;
    if ('properties' in node) for (const key of Object.keys(node.properties as object)) keys.add(key);
    for (const member of Object.values(node)) walk(member);
  };
  walk(schema);
  return keys;
}
