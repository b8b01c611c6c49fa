import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createCountingActivities } from '../../activities/counting.ts';
import { currentGrid, readSwitches } from '../../activities/ledger/grids.ts';
import { createRegriddingActivities } from '../../activities/regridding.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import type { Baseline } from '../../domain/baseline/baseline.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Sources } from '../../domain/ledger/sources.port.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'heating' as ModelName;
const start = eventTime('2024-01-01');
const text = `model: heating
task: regression
sources: {predictions: {files: "made/*.csv", id: house, time: day, prediction: said}}
baseline: {window: 14d}
`;

/** Forty houses a day; from the thirtieth day on another column is there, and another plan. */
async function writeDays(folder: string): Promise<void> {
  await mkdir(join(folder, 'made'), { recursive: true });
  for (let day = 0; day < 50; day += 1) {
    const isNew = day >= 30;
    const rows = Array.from({ length: 40 }, (_, house) => {
      const warmth = (house * 7 + day * 3) % 23;
      const plan = isNew && house % 3 === 0 ? 'solar' : house % 2 === 0 ? 'gas' : 'oil';
      return `${day}-${house},${plusDays(start, day).slice(0, 10)},${warmth},${warmth / 2},${plan}${isNew ? `,${house % 5}` : ''}`;
    });
    await writeFile(join(folder, 'made', `${day + 100}.csv`), [`house,day,warmth,said,plan${isNew ? ',roof' : ''}`, ...rows].join('\n'));
  }
}

describe('given a model whose data got another column and another category', () => {
  let ledger: OpenLedger;
  let policy: AppliedPolicy;
  let baseline: Digest;

  beforeAll(async () => {
    ledger = await openLedgerForTest();
    const folder = join(ledger.stateRoot, 'files');
    await writeDays(folder);
    await writeFile(join(folder, 'anchorwatch.yaml'), text);
    const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
    if (!read.ok) throw new Error('the policy does not hold');
    policy = await ledger.apply(read.policy, folder);
    baseline = (await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: plusDays(start, 15) })).baseline as Digest;
  });
  afterAll(() => ledger.close());

  const check = (days: number, held: Digest = baseline) =>
    createAssessingActivities(ledger).assess({ model, policy, baseline: held, asOf: plusDays(start, days), looksAtGrid: true });
  const order = (days: number) => ({ model, policy, baseline, asOf: plusDays(start, days), because: 'New columns: roof.' });
  const bodyOf = async (digest: Digest) => (await ledger.artefacts.read<Baseline>('baseline', digest)) as Baseline;

  /** As the workflow does it. */
  async function regrid(days: number): Promise<{ baseline: Digest; says: string; grid: Digest }> {
    const { cutAnew, switchGrid } = createRegriddingActivities(ledger);
    const counting = createCountingActivities(ledger);
    const cut = await cutAnew(order(days));
    if (cut.outcome !== 'pass') throw new Error(cut.says);
    const { segments } = await counting.findSegments({ model, policy, asOf: plusDays(start, days), grid: cut.grid, since: cut.since });
    for (const segment of segments) await counting.countSegment({ model, policy, grid: cut.grid, segment });
    return { ...(await switchGrid({ ...order(days), grid: cut.grid })), grid: cut.grid };
  }

  it('when it is checked before, then nothing is said; after, then the grid no longer fits, and why', async () => {
    expect(await check(28)).not.toHaveProperty('misfit');
    expect((await check(40)).misfit).toBe('New columns: roof.');
  });

  it('when all of it is found at one late look, then the newest day is known by its rows', async () => {
    const other = await openLedgerForTest();
    const applied = {
      ...policy,
      digest: await other.artefacts.save((await ledger.artefacts.read<Policy>('policy', policy.digest)) as Policy),
    };
    const taken = await createBaseliningActivities(other).takeBaseline({ model, policy: applied, asOf: plusDays(start, 15) });
    const early: Sources['find'] = async (...given) =>
      (await other.sources.find(...given)).filter(({ knownAt }) => knownAt <= plusDays(start, 17));
    const deps = { ...other, sources: { ...other.sources, find: early } };
    await createCountingActivities(deps).findSegments({ model, policy: applied, asOf: plusDays(start, 60) });
    const order = { model, policy: applied, baseline: taken.baseline as Digest, asOf: plusDays(start, 61), looksAtGrid: true } as const;
    expect((await createAssessingActivities(other).assess(order)).misfit).toBe('New columns: roof.');
    await other.close();
  });

  it('when a past look is checked again, then it cannot change the grid', async () => {
    await check(40);
    expect(await check(35)).not.toHaveProperty('misfit');
    const { cutAnew } = createRegriddingActivities(ledger);
    expect(await cutAnew(order(35))).toMatchObject({ outcome: 'inconclusive', says: expect.stringContaining('looked at after') });
  });

  it('when it is cut anew, then later looks see all columns, earlier ones are as they were reported, and twice is once', async () => {
    const before = { at35: await check(35), at40: await check(40) };
    const first = (await bodyOf(baseline)).grid;
    const made = await regrid(40);
    const again = await createRegriddingActivities(ledger).switchGrid({ ...order(40), grid: made.grid });
    expect(again.baseline).toBe(made.baseline);
    expect(await readSwitches(ledger.store, model)).toEqual([
      { grid: made.grid, asOf: plusDays(start, 40), because: 'New columns: roof.' },
    ]);
    expect(made.says).toContain(`Grid ${first.slice(0, 12)} gave way to ${made.grid.slice(0, 12)} as of 2024-02-10`);

    expect((await check(35, made.baseline)).report).toBe(before.at35.report);
    expect((await check(40, made.baseline)).report).toBe(before.at40.report);
    expect(await currentGrid(ledger.store, model, plusDays(start, 40))).toBe(first);
    expect(await currentGrid(ledger.store, model, plusDays(start, 41))).toBe(made.grid);

    const body = await bodyOf(made.baseline);
    expect(body).toMatchObject({ ...(await bodyOf(baseline)), grid: made.grid, entries: expect.anything(), madeFrom: expect.anything() });
    const grid = (await ledger.artefacts.read<Grid>('grid', made.grid)) as Grid;
    expect(grid.columns.map(({ name }) => name)).toEqual(['plan', 'roof', 'said', 'warmth']);
    expect(grid.columns.find(({ name }) => name === 'plan')).toMatchObject({ categories: expect.arrayContaining(['solar']) });
  });

  it('when it is looked at on the new grid, then every row is counted there and it fits', async () => {
    const after = await check(48, (await regridded()).baseline);
    expect(after).not.toHaveProperty('misfit');
    const report = await ledger.artefacts.read('report', after.report);
    expect(report).toMatchObject({ window: { rows: 280 } });
  });

  it('when nothing has changed, then it would be cut as it is', async () => {
    const other = await openLedgerForTest();
    const applied = {
      ...policy,
      digest: await other.artefacts.save((await ledger.artefacts.read<Policy>('policy', policy.digest)) as Policy),
    };
    const asOf: EventTime = plusDays(start, 14);
    const taken = await createBaseliningActivities(other).takeBaseline({ model, policy: applied, asOf });
    const answer = await createRegriddingActivities(other).cutAnew({
      ...order(14),
      policy: applied,
      baseline: taken.baseline as Digest,
      asOf,
    });
    expect(answer).toMatchObject({ outcome: 'inconclusive', says: 'The grid of heating would be cut as it is.' });
    await other.close();
  });

  async function regridded(): Promise<{ baseline: Digest }> {
    const [{ grid } = { grid: '' as Digest }] = await readSwitches(ledger.store, model);
    return createRegriddingActivities(ledger).switchGrid({ ...order(40), grid });
  }
});
