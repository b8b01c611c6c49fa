import { expect, it } from 'vitest';
import type { ModelName } from '../../domain/identity/names.ts';
import { expand } from '../../domain/policy/standard.ts';
import { validateAgainstColumns } from '../../domain/policy/validate-against-columns.ts';

const policy = expand({
  model: 'bike' as ModelName,
  task: { kind: 'regression' },
  columns: { critical: ['temp', 'tmp'], declared: { season: 'categorical' } },
  sources: { predictions: { from: 'files', glob: '*.csv', id: ['id'], time: 'at', prediction: 'p' } },
  rollout: { unit: 'station' },
});

it('given columns the data lack, when the policy is checked, then each is named with its place and what there is', () => {
  const problems = validateAgainstColumns(policy, ['id', 'at', 'temp', 'p']);
  expect(problems.map(({ policyPath }) => policyPath)).toEqual(['/columns/declared/season', '/columns/critical/1', '/rollout/unit']);
  expect(problems[1]).toMatchObject({ says: 'the predictions have no column tmp', remedy: 'Name one of their columns: id, at, temp, p.' });
});

it('given segments and ranges of columns the data lack, when the policy is checked, then each is named with its place', () => {
  const shop = expand({
    ...policy,
    columns: { ranges: { age: [0, 120], temp: [0, 40] } },
    segments: [
      { by: 'values', name: 'plans', column: 'plan', values: ['free'] },
      { by: 'range', name: 'cold', column: 'temp', below: 5 },
      { by: 'cross', name: 'both', of: ['plans', 'cold'] },
    ],
    rollout: undefined,
  });
  expect(validateAgainstColumns(shop, ['id', 'at', 'temp', 'p']).map(({ policyPath }) => policyPath)).toEqual([
    '/columns/ranges/age',
    '/segments/plans',
  ]);
});

it('given all the columns, when the policy is checked, then there is nothing to say', () => {
  expect(validateAgainstColumns(policy, ['id', 'at', 'temp', 'tmp', 'p', 'season', 'station', 'more'])).toEqual([]);
});

it('given measures and scores of classes, when the predictions lack their columns, then each is named with its place', () => {
  const shop = expand({
    ...policy,
    sources: { predictions: { from: 'files', glob: '*.csv', id: ['id'], time: 'at', prediction: 'p', score: { a: 'pa', b: 'pb' } } },
    measures: [{ name: 'm', better: 'higher', sum: { in: 'outcomes', column: 'clicks' }, per: { in: 'predictions', column: 'shown' } }],
  });
  const problems = validateAgainstColumns(shop, ['id', 'at', 'temp', 'tmp', 'p', 'season', 'station', 'pa']);
  expect(problems.map(({ policyPath, says }) => [policyPath, says])).toEqual([
    ['/sources/predictions/score/b', 'the predictions have no column pb'],
    ['/measures', 'the predictions have no column shown'],
  ]);
});

it('given the columns of queries, when the predictions lack one, then it is named with its place', () => {
  const shop = expand({ ...policy, task: { kind: 'ranking', query: ['user', 'night'] } });
  const problems = validateAgainstColumns(shop, ['id', 'at', 'temp', 'tmp', 'p', 'season', 'station', 'user']);
  expect(problems.map(({ policyPath, says }) => [policyPath, says])).toEqual([['/task/query/1', 'the predictions have no column night']]);
});

it('given outcomes, when they lack columns, then each is named with its place, and nothing is asked of the predictions', () => {
  const shop = expand({
    ...policy,
    sources: { ...policy.sources, outcomes: { from: 'files', glob: 'o.csv', id: ['id', 'day'], label: 'came', knownAt: 'known' } },
    measures: [{ name: 'm', better: 'higher', sum: { in: 'outcomes', column: 'clicks' }, per: { in: 'predictions', column: 'shown' } }],
  });
  const problems = validateAgainstColumns(shop, ['id', 'came'], 'outcomes');
  expect(problems.map(({ policyPath, says }) => [policyPath, says])).toEqual([
    ['/sources/outcomes/id/1', 'the outcomes have no column day'],
    ['/sources/outcomes/knownAt', 'the outcomes have no column known'],
    ['/measures', 'the outcomes have no column clicks'],
  ]);
});
