import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { OutcomeRecord } from '../../domain/traffic/record.ts';
import { createCounters } from '../../gateway/counters.ts';
import { RecordLog } from '../../gateway/record-log.ts';
import { sealedRecords, temporaryFolder } from './harness.ts';
import { model } from './table.ts';

const asOf = '2011-04-18T00:00:00.000Z' as EventTime;
const outcome = (id: string, label = ''): OutcomeRecord => ({ id, model, time: '2011-04-17T00:00:00.000Z' as EventTime, label });

async function openLog() {
  const stateRoot = await temporaryFolder();
  const counters = createCounters();
  const folder = join(stateRoot, 'gateway', model);
  return { stateRoot, folder, counters, log: await RecordLog.open(model, folder, counters) };
}

it('given memory is full, when more records come, then they are dropped, counted, and the rest is kept', async () => {
  const { log, counters, stateRoot } = await openLog();
  const megabyte = 'x'.repeat(2 ** 20);
  for (let record = 0; record < 20; record += 1) log.add('outcomes', outcome(`${record}`, megabyte));
  const dropped = counters.read()[model]?.dropped ?? 0;
  expect(dropped).toBeGreaterThan(0);
  await log.seal(asOf);
  const kept = await sealedRecords(stateRoot, 'outcomes');
  expect(kept.length + dropped).toBe(20);
  log.add('outcomes', outcome('later'));
  expect(counters.read()[model]?.dropped).toBe(dropped);
});

it('given the disk refuses, when it takes again, then nothing was lost and the failed writes are counted', async () => {
  const { log, folder, counters, stateRoot } = await openLog();
  await rm(join(folder, 'open'), { recursive: true });
  await writeFile(join(folder, 'open'), 'in the way');
  log.add('outcomes', outcome('a'));
  await log.flush();
  await expect(log.seal(asOf)).rejects.toThrow(/ENOTDIR/);
  expect(counters.read()[model]?.failedWrites).toBe(1);
  await rm(join(folder, 'open'));
  await mkdir(join(folder, 'open'));
  log.add('outcomes', outcome('b'));
  await log.seal(asOf);
  expect((await sealedRecords(stateRoot, 'outcomes')).map(({ id }) => id)).toEqual(['a', 'b']);
});

it('given records come while the log is sealed, when it is sealed again, then each stands in one segment', async () => {
  const { log, stateRoot, folder } = await openLog();
  const sealings: Promise<unknown>[] = [];
  for (let record = 0; record < 100; record += 1) {
    log.add('outcomes', outcome(`${record}`));
    if (record % 10 === 0) sealings.push(log.seal(asOf));
    if (record % 7 === 0) await log.flush();
  }
  await Promise.all([...sealings, log.seal(asOf)]);
  const ids = (await sealedRecords(stateRoot, 'outcomes')).map(({ id }) => Number(id));
  expect(ids).toEqual(Array.from({ length: 100 }, (_, record) => record));
  expect(await readdir(join(folder, 'open'))).toEqual([]);
});

it('given a record later than the sealing, when it is sealed, then the segment is known no earlier than its records', async () => {
  const { log } = await openLog();
  log.add('outcomes', { ...outcome('a'), time: '2011-04-19T00:00:00.000Z' as EventTime });
  expect(await log.seal(asOf)).toEqual({ sealed: ['outcomes/20110419T000000000Z-000002.ndjson'], watermark: '2011-04-19T00:00:00.000Z' });
});
