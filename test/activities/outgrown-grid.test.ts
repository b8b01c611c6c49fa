import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createRegriddingActivities } from '../../activities/regridding.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import { openLedgerForTest } from './open-ledger.ts';

const model = 'meters' as ModelName;
const start = eventTime('2024-01-01');

it('given a number that only grows, when its grid was cut anew, then that is not asked for again until history is twice as long', async () => {
  const ledger = await openLedgerForTest();
  const folder = join(ledger.stateRoot, 'files');
  await mkdir(join(folder, 'made'), { recursive: true });
  for (let day = 0; day < 70; day += 1) {
    const rows = Array.from({ length: 40 }, (_, house) => `${day}-${house},${plusDays(start, day).slice(0, 10)},${day * 100 + house},1`);
    await writeFile(join(folder, 'made', `${day + 100}.csv`), ['house,day,reading,said', ...rows].join('\n'));
  }
  const file = join(folder, 'anchorwatch.yaml');
  await writeFile(
    file,
    `model: ${model}
task: regression
sources: {predictions: {files: "made/*.csv", id: house, time: day, prediction: said}}
baseline: {window: 14d}
`,
  );
  const read = readPolicyFile(file);
  if (!read.ok) throw new Error('the policy does not hold');
  const policy = await ledger.apply(read.policy, folder);
  const anyway = { who: 'ana', reason: 'readings only grow' };
  const taken = await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: plusDays(start, 15), anyway });
  const check = (days: number, baseline: Digest) =>
    createAssessingActivities(ledger).assess({ model, policy, baseline, asOf: plusDays(start, days), looksAtGrid: true });

  const outgrown = 'Of reading 100% more than before is outside the grid.';
  expect((await check(28, taken.baseline as Digest)).misfit).toBe(outgrown);
  const order = { model, policy, baseline: taken.baseline as Digest, asOf: plusDays(start, 28), because: outgrown };
  const { cutAnew, switchGrid } = createRegriddingActivities(ledger);
  const cut = await cutAnew(order);
  if (cut.outcome !== 'pass') throw new Error(cut.says);
  const { baseline } = await switchGrid({ ...order, grid: cut.grid });

  expect(await check(42, baseline)).not.toHaveProperty('misfit');
  expect(await check(55, baseline)).not.toHaveProperty('misfit');
  expect((await check(56, baseline)).misfit).toBe(outgrown);
  await ledger.close();
});
