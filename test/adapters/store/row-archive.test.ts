import { chmod, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { createRowArchive } from '../../../adapters/store/row-archive.ts';
import { eventTime } from '../../../domain/identity/event-time.ts';
import type { ModelName, Version } from '../../../domain/identity/names.ts';
import type { WorstRows } from '../../../domain/ledger/worst-rows.ts';
import { emptyFolder } from '../../empty-folder.ts';

const model = 'demand' as ModelName;
const rows: WorstRows = {
  kind: 'worst-rows',
  schemaVersion: 1,
  madeFrom: [],
  model,
  version: '1' as Version,
  asOf: eventTime('2024-01-09'),
  window: { from: eventTime('2024-01-01'), to: eventTime('2024-01-08') },
  idColumns: ['customer'],
  by: 'absoluteError',
  rows: [{ id: ['ada'], day: '2024-01-01', prediction: 3, outcome: 5, loss: 2 }],
};
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

it('given rows, when they are saved twice, then they are one object, of their model alone', async () => {
  const archive = createRowArchive(createFileStore(join(emptyFolder(), 'store')));
  const digest = await archive.save(rows);
  expect(await archive.save({ ...rows })).toBe(digest);
  expect(await archive.read(model, digest)).toEqual(rows);
  expect(await archive.read('other' as ModelName, digest)).toBeUndefined();
});

it('given rows whose bytes were changed, when they are read, then the damage is told', async () => {
  const root = join(emptyFolder(), 'store');
  const archive = createRowArchive(createFileStore(root));
  const digest = await archive.save(rows);
  await writeFile(join(root, 'rows', model, 'worst-rows', `${digest}.json`), '{}');
  await expect(archive.read(model, digest)).rejects.toThrow(/was changed or damaged/);
});

it.each(['through a power cut', 'for a while'] as const)(
  'given a file store that keeps %s, when rows are its first object, then they are their owner’s alone and the rest is everybody’s',
  async (kept) => {
    const parent = emptyFolder();
    await chmod(parent, 0o755);
    const root = join(parent, 'store');
    const store = createFileStore(root, kept);
    const digest = await createRowArchive(store).save(rows);
    await store.put('slices/one.parquet', Uint8Array.of(1));
    await store.put('artefacts/report/one.json', Uint8Array.of(1));
    const everybody = 0o777 & ~process.umask();
    expect(await modeOf(root)).toBe(everybody);
    for (const folder of ['rows', join('rows', model), join('rows', model, 'worst-rows'), 'slices'])
      expect(await modeOf(join(root, folder)), folder).toBe(0o700);
    for (const file of [join('rows', model, 'worst-rows', `${digest}.json`), join('slices', 'one.parquet')])
      expect(await modeOf(join(root, file)), file).toBe(0o600);
    expect(await modeOf(join(root, 'artefacts', 'report'))).toBe(everybody);
    expect(await modeOf(join(root, 'artefacts', 'report', 'one.json'))).toBe(everybody & 0o666);
  },
);
