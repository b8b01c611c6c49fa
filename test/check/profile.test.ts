import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeProfileFile } from '../../adapters/profile-file/profile-file.ts';
import { type CheckOptions, check, compare, profile } from '../../library/index.ts';
import { customers, Folder, type Row } from './tables.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const past = customers(1, 3000, { days: 20, wander: 0.1 });
const now = customers(2, 600, { firstDay: 20, days: 4, shift: 0.4, wander: 0.1 });
const baseline = folder.csv('past.csv', past);
const data = folder.csv('now.csv', now);
const policy = folder.write(
  'policy.yaml',
  'model: shop\ntask: regression\nsources:\n  predictions: {files: "*.csv", id: at, time: at, prediction: amount}\ncolumns: {ignore: [region]}\n',
);

async function profiled(name: string, options: Parameters<typeof profile>[0]): Promise<string> {
  const path = join(folder.path, name);
  await writeProfileFile(path, await profile(options));
  return path;
}

/** The check by the baseline's file and by its profile. */
async function bothWays(name: string, { baseline: from, time, policy: by, ...rest }: CheckOptions) {
  const reading = { ...(time !== undefined && { time }), ...(by !== undefined && { policy: by }) };
  const kept = await profiled(`${name}.json`, { data: from, ...reading });
  const judging = by === undefined ? {} : { policy: by };
  return [await check({ baseline: from, ...rest, ...reading }), await check({ baseline: kept, ...rest, ...judging })] as const;
}

describe('given a baseline that was counted before', () => {
  it('when a table is checked against it, then the report is the one the baseline’s file gives', async () => {
    const [byFile, byProfile] = await bothWays('rows', { baseline, data });
    expect(byProfile).toEqual(byFile);
    expect(byFile).toMatchObject({ verdict: 'alarm', test: { kind: 'independentRows' }, ignored: [{ column: 'at', reason: 'times' }] });
  });

  it('when it was counted by days, then they are compared with days, and the time column need not be named again', async () => {
    const [byFile, byProfile] = await bothWays('days', { baseline, data, time: 'at' });
    expect(byProfile).toEqual(byFile);
    expect(byFile).toMatchObject({ test: { kind: 'days' }, baseline: { from: expect.stringContaining('2024-01-01') } });
  });

  it('when a policy says how, then the same one judges it', async () => {
    const [byFile, byProfile] = await bothWays('by-policy', { baseline, data, policy });
    expect(byProfile).toEqual(byFile);
    expect(byFile.columns.map(({ layer }) => layer)).toContain('predictions');
  });

  it('when it holds ids, a constant, bad values and bad lines, then these are told as for the file', async () => {
    const odd = (rows: readonly Row[]) =>
      rows.map(({ amount, plan }, row) => ({
        order_id: row,
        amount: row % 50 === 0 ? 'n/a' : (amount as number),
        plan: plan as string,
        shop: 'one',
      }));
    const [before, after] = [folder.csv('odd-past.csv', odd(past)), `${readFileSync(folder.csv('odd-now.csv', odd(now)), 'utf8')}1,2\n`];
    const [byFile, byProfile] = await bothWays('odd', { baseline: before, data: folder.write('odd-now.csv', after) });
    expect(byProfile).toEqual(byFile);
    expect(byFile.ignored.map(({ column }) => column)).toEqual(['order_id', 'shop']);
    expect(byFile.notes.join(' ')).toContain('amount is taken as numeric');
    expect(byFile.notes.join(' ')).toContain('1 line of the data');
  });

  it('when the profile is a value in a program, then two tables are compared with it, and it stays as it was', async () => {
    const kept = await profile({ data: baseline });
    const before = JSON.stringify(kept);
    const [one, other] = [await compare({ baseline: kept, data }), await compare({ baseline: kept, data: baseline })];
    expect([one.verdict, other.verdict]).toEqual(['alarm', 'steady']);
    expect(JSON.stringify(kept)).toBe(before);
  });
});

describe('given a profile that does not fit', () => {
  const refused = (from: string, more: Partial<CheckOptions> = {}) =>
    check({ baseline: from, data, ...more }).then(
      () => 'it was checked',
      (fault: Error) => fault.message,
    );
  const changed = async (name: string, change: (text: string) => string) =>
    folder.write(name, change(readFileSync(await profiled('whole.json', { data: baseline }), 'utf8')));

  it('when the file breaks off or a count in it was changed, then it says so and how to make another', async () => {
    const anew = /is not whole, or was changed after it was written\. Count it anew: anchorwatch profile/;
    expect(await refused(await changed('torn.json', (text) => text.slice(0, text.length >> 1)))).toMatch(anew);
    expect(await refused(await changed('edited.json', (text) => text.replace('"nulls":0', '"nulls":9')))).toMatch(anew);
  });

  it('when it was written in another schema version, then both versions are named', async () => {
    const older = await changed('older.json', (text) => text.replace('"schemaVersion":1', '"schemaVersion":0'));
    expect(await refused(older)).toMatch(/older\.json was written in schema version 0; this program reads 1\. Count it anew/);
  });

  it('when it is JSON of another kind, or nothing, or not there, then that is said', async () => {
    expect(await refused(folder.write('foreign.json', '{"kind": "report"}'))).toMatch(
      /foreign\.json is no profile of a table\. A profile is written by/,
    );
    expect(await refused(folder.write('nothing.json', ''))).toMatch(/nothing\.json is no profile of a table/);
    expect(await refused(join(folder.path, 'gone.json'))).toMatch(/gone\.json does not exist\./);
  });

  it('when another time column or another policy is asked for, then it says what differs', async () => {
    const rows = await profiled('without-time.json', { data: baseline });
    expect(await refused(rows, { time: 'at' })).toMatch(/was counted without a time column\. Leave --time away, or count it anew/);
    const days = await profiled('with-time.json', { data: baseline, time: 'at' });
    expect(await refused(days, { time: 'when' })).toMatch(/was counted by the time column "at"/);
    expect(await refused(days, { policy })).toMatch(
      /another policy, in which these differ: predictions, columns left out\. Count it anew: .* --policy/,
    );
  });

  it('when the data have none of its columns, then both lists are told', async () => {
    const kept = await profiled('columns.json', { data: baseline });
    const other = folder.csv('other.csv', [{ height: 1 }]);
    expect(await refused(kept, { data: other })).toMatch(/have no column in common: amount, plan, at; and height\./);
  });
});
