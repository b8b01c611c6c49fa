import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { check } from '../../library/check.ts';
import { emptyFolder } from '../empty-folder.ts';

const hour = 3_600_000;

it('given a policy in the time of Paris, when tables are checked, then their days are those of Paris', async () => {
  const folder = emptyFolder();
  const file = (name: string, from: string, hours: number) => {
    const lines = Array.from({ length: hours }, (_, at) => `${new Date(Date.parse(from) + at * hour).toISOString()},${(at * 7) % 13}`);
    writeFileSync(join(folder, name), ['at,temp', ...lines].join('\n'));
    return join(folder, name);
  };
  const policy = join(folder, 'anchorwatch.yaml');
  writeFileSync(policy, 'model: x\ntask: regression\ntimezone: Europe/Paris\nsources: {predictions: gateway}\n');
  const report = await check({
    baseline: file('past.csv', '2024-03-09T23:00:00Z', 14 * 24),
    data: file('now.csv', '2024-03-30T23:00:00Z', 23),
    time: 'at',
    policy,
  });
  expect(report.baseline).toMatchObject({ from: '2024-03-10T00:00:00.000Z', to: '2024-03-24T00:00:00.000Z' });
  expect(report.window).toMatchObject({ from: '2024-03-31T00:00:00.000Z', to: '2024-04-01T00:00:00.000Z', rows: 23 });
});
