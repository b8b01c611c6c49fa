import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPolicyFile } from '../../../adapters/policy-file/read-policy-file.ts';
import { writeThreshold } from '../../../adapters/policy-file/write-threshold.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { emptyFolder } from '../../empty-folder.ts';

const base = 'model: churn\ntask: {kind: classification}\nsources: {predictions: gateway}\n';

function read(text: string): Policy {
  const file = join(emptyFolder(), 'anchorwatch.yaml');
  writeFileSync(file, text);
  const reading = readPolicyFile(file);
  if (!reading.ok) throw new Error(reading.problems.map(({ says }) => says).join('\n'));
  return reading.policy;
}

/** A policy in which a threshold stands where the telling says. */
function withLine(key: string, line: string): Policy {
  const above = key.split('.').slice(0, -1);
  return read(`${base}${above.map((name, depth) => `${'  '.repeat(depth)}${name}:\n`).join('')}${'  '.repeat(above.length)}${line}\n`);
}

it.each([
  ['/watch/effects/wassersteinInSigmas', 0.251, 'watch.effects.wasserstein', 'wasserstein: 0.251 sigma'],
  ['/watch/effects/kolmogorovSmirnov', 0.121, 'watch.effects.kolmogorovSmirnov', 'kolmogorovSmirnov: 0.121'],
  ['/watch/effects/psi', 0.3, 'watch.effects.psi', 'psi: 0.3'],
  ['/watch/effects/jensenShannon', 0.15, 'watch.effects.jensenShannon', 'jensenShannon: 0.15'],
  ['/watch/effects/nullPoints', 0.0713, 'watch.effects.nulls', 'nulls: 7.13%'],
  ['/watch/effects/newCategoryShare', 0.07, 'watch.effects.newCategories', 'newCategories: 7%'],
  ['/performance/drop', 0.0501, 'performance.drop', 'drop: 5.01% relative'],
  ['/performance/trend', 0.07, 'performance.trend', 'trend: 7% relative'],
])('given %s at %d, when it is written and read again, then it is the same', (path, value, key, line) => {
  expect(writeThreshold(read(base), path, value)).toEqual({ key, line });
  const [, part, name, effect] = path.split('/') as [string, 'watch' | 'performance', string, string?];
  const policy = withLine(key, line);
  const held = part === 'watch' ? policy.watch.effects[effect as 'psi'] : policy.performance[name as 'drop'].by;
  expect(held).toBe(value);
});

it('given a default that nobody would write out, then it is told to four digits', () => {
  expect(writeThreshold(read(base), '/performance/sudden', 0.0333333333333).line).toBe('sudden: 3.333% relative');
});

it('given a drop in points, then points of a share are percent, and those of an error its own unit', () => {
  const share = read(`${base}performance: {drop: 3 points}\n`);
  expect(writeThreshold(share, '/performance/drop', 0.0412).line).toBe('drop: 4.12 points');
  const error = read('model: bike\ntask: regression\nsources: {predictions: gateway}\nperformance: {metric: mae, drop: 12 points}\n');
  expect(writeThreshold(error, '/performance/drop', 14.1).line).toBe('drop: 14.1 points');
});
