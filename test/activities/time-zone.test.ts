import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createCountingActivities } from '../../activities/counting.ts';
import type { Baseline } from '../../domain/baseline/baseline.ts';
import { wallTime } from '../../domain/calendar/wall-time.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import { expand } from '../../domain/policy/standard.ts';
import type { WrittenPolicy } from '../../domain/policy/written-policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'demand' as ModelName;
/** Midnight in Paris, three weeks before clocks are changed there on 31 March. */
const first = '2024-03-09T23:00:00.000Z';

let ledger: OpenLedger;
beforeEach(async () => {
  ledger = await openLedgerForTest();
  await mkdir(join(ledger.stateRoot, 'made'));
  await mkdir(join(ledger.stateRoot, 'known'));
});
afterEach(() => ledger.close());

/** 27 days of Paris, one prediction an hour, each in the file of its day. */
async function writeHours(): Promise<void> {
  const made = new Map<string, string[]>();
  for (let hour = 0; hour < 27 * 24 - 1; hour += 1) {
    const time = new Date(Date.parse(first) + hour * 3_600_000).toISOString();
    const day = wallTime(eventTime(time), 'Europe/Paris').slice(0, 10);
    made.set(day, [...(made.get(day) ?? []), `${hour},${time},${(hour * 7) % 13},${hour % 5},${(hour % 5) + (hour % 3)}`]);
  }
  for (const [day, lines] of made) {
    await writeFile(join(ledger.stateRoot, 'made', `${day}.csv`), ['id,time,temp,p,y', ...lines].join('\n'));
  }
}

async function apply(more: Partial<WrittenPolicy>): Promise<AppliedPolicy> {
  const policy = expand({
    model,
    task: { kind: 'regression' },
    sources: {
      predictions: { from: 'files', glob: 'made/*.csv', id: ['id'], time: 'time', prediction: 'p' },
      outcomes: { from: 'files', glob: 'known/*.csv', id: ['id'], label: 'y', knownAt: 'known' },
    },
    columns: { ignored: ['y'] },
    baseline: { windowDays: 14 },
    ...more,
  });
  return ledger.apply(policy, ledger.stateRoot);
}

const baselineAt = async (policy: AppliedPolicy, asOf: string) =>
  createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: eventTime(asOf) });

async function check(policy: AppliedPolicy, baseline: Digest, asOf: string): Promise<Report> {
  const answer = await createAssessingActivities(ledger).assess({ model, policy, baseline, asOf: eventTime(asOf) });
  return (await ledger.artefacts.read<Report>('report', answer.report)) as Report;
}

async function entriesOf(policy: AppliedPolicy): Promise<Entry[]> {
  const counting = createCountingActivities(ledger);
  const found = await counting.findSegments({ model, policy, asOf: eventTime('2024-04-10') });
  const entries: Entry[] = [];
  for (const segment of found.segments) {
    const { entry } = await counting.countSegment({ model, policy, grid: found.grid as Digest, segment });
    entries.push((await ledger.artefacts.read<Entry>('entry', entry)) as Entry);
  }
  return entries;
}

describe('given a policy in the time of Paris', () => {
  it('when a baseline is taken and a week with the change of clocks is checked, then both are whole days of Paris', async () => {
    await writeHours();
    const policy = await apply({ timezone: 'Europe/Paris' });
    const answer = await baselineAt(policy, '2024-03-23T23:30:00Z');
    const baseline = (await ledger.artefacts.read<Baseline>('baseline', answer.baseline as Digest)) as Baseline;
    expect(baseline.window).toEqual({ from: eventTime('2024-03-10'), to: eventTime('2024-03-24') });
    expect(baseline.rows).toBe(14 * 24);

    const before = await check(policy, answer.baseline as Digest, '2024-04-02T21:59:00Z');
    expect(before.window).toEqual({ from: eventTime('2024-03-26'), to: eventTime('2024-04-02'), rows: 7 * 24 - 1 });
    const after = await check(policy, answer.baseline as Digest, '2024-04-02T22:00:00Z');
    expect(after.window).toEqual({ from: eventTime('2024-03-27'), to: eventTime('2024-04-03'), rows: 7 * 24 - 1 });
    expect(after.blocks).toEqual({ unit: 'day', count: 14 });
  });

  it('when it is not yet midnight there, then the baseline is still to come, although it is in UTC', async () => {
    await writeHours();
    expect((await baselineAt(await apply({ timezone: 'America/New_York' }), '2024-03-23T03:59:00Z')).outcome).toBe('inconclusive');
    expect((await baselineAt(await apply({ timezone: 'Europe/Paris' }), '2024-03-23T22:59:00Z')).outcome).toBe('inconclusive');
  });

  it('when outcomes come in other files, then they are counted in the day of their prediction', async () => {
    await writeHours();
    const policy = await apply({ timezone: 'Europe/Paris' });
    await baselineAt(policy, '2024-03-23T23:30:00Z');
    await writeFile(join(ledger.stateRoot, 'known', 'one.csv'), 'id,y,known\n336,3,2024-03-24T02:00:00Z\n');
    const counted = (await entriesOf(policy)).flatMap(({ partitions }) => partitions.filter(({ outcomes }) => outcomes !== undefined));
    expect(counted.map(({ day, outcomes }) => [day, outcomes?.matched])).toEqual([['2024-03-24', 1]]);
  });

  it('when the policy named no zone before, then production is counted again, and the baseline read in the new days', async () => {
    await writeHours();
    const utc = await apply({});
    const { baseline } = await baselineAt(utc, '2024-03-24T00:30:00Z');
    expect((await check(utc, baseline as Digest, '2024-04-02T22:00:00Z')).window.rows).toBe(7 * 24);
    const policy = await apply({ timezone: 'Europe/Paris' });
    const report = await check(policy, baseline as Digest, '2024-04-02T22:00:00Z');
    expect(report.window).toEqual({ from: eventTime('2024-03-27'), to: eventTime('2024-04-03'), rows: 7 * 24 - 1 });
    const rows = report.signals.find(({ subject }) => subject === 'temp')?.statistics.rowsInBaseline;
    expect(rows).toBe(13 * 24);
  });
});

describe('given batches that are scored ahead', () => {
  it('when rows are counted by batch, then all of one stand in the day on which it became known', async () => {
    const lines = (batch: number) =>
      Array.from({ length: 40 }, (_, row) => {
        const time = plusDays(eventTime('2024-01-01T12:00:00Z'), batch - 3 + (row % 4));
        return `${batch}-${row},${time},${row % 7},${row % 5},0`;
      });
    for (let batch = 0; batch < 16; batch += 1) {
      await writeFile(join(ledger.stateRoot, 'made', `${batch + 10}.csv`), ['id,time,temp,p,y', ...lines(batch)].join('\n'));
    }
    const policy = await apply({ watch: { grain: 'batch' } });
    const answer = await baselineAt(policy, '2024-01-17T00:00:00Z');
    expect(answer.outcome).toBe('pass');
    const baseline = (await ledger.artefacts.read<Baseline>('baseline', answer.baseline as Digest)) as Baseline;
    expect(baseline.window).toEqual({ from: eventTime('2024-01-01'), to: eventTime('2024-01-15') });
    expect(baseline.rows).toBe(14 * 40);
    const entry = (await ledger.artefacts.read<Entry>('entry', baseline.entries[0] as Digest)) as Entry;
    expect(entry.partitions.map(({ day, rows }) => [day, rows])).toEqual([['2024-01-01', 40]]);
  });
});

describe('given rows that are counted by the hour', () => {
  it('when six hours are checked each hour, then they are held against the same hours of the weeks before', async () => {
    const days = 9 * 7;
    for (let day = 0; day < days; day += 1) {
      const lines = Array.from({ length: 24 * 10 }, (_, row) => {
        const time = new Date(Date.parse('2024-01-08T00:00:00Z') + day * 86_400_000 + row * 360_000);
        const nightly = time.getUTCHours() < 6 ? 40 : 0;
        return `${day}-${row},${time.toISOString()},${nightly + ((row * 7 + day * 3) % 13)},${row % 5},0`;
      });
      await writeFile(join(ledger.stateRoot, 'made', `${day + 10}.csv`), ['id,time,temp,p,y', ...lines].join('\n'));
    }
    const watch = { grain: 'hour', windowDays: 0.25, schedule: '0 * * * *' } as const;
    const policy = await apply({
      baseline: { windowDays: 56, season: 'hourOfWeek' },
      watch,
      columns: { critical: ['temp'], ignored: ['y'] },
    });
    const { baseline } = await baselineAt(policy, '2024-03-05T00:00:00Z');
    const report = await check(policy, baseline as Digest, '2024-03-11T00:00:00Z');
    expect(report.window).toEqual({ from: eventTime('2024-03-10T18:00Z'), to: eventTime('2024-03-11'), rows: 60 });
    expect([report.blocks, report.falseAlarmLevel]).toEqual([{ unit: 'window', count: 8 }, 1 / 90 / 24]);

    const night = await check(policy, baseline as Digest, '2024-03-11T00:20:00Z');
    expect(night.window).toEqual(report.window);
    const temp = report.signals.find(({ subject, layer }) => subject === 'temp' && layer === 'inputs');
    expect(temp).toMatchObject({ outcome: 'pass', pValueKind: 'blocks', statistics: { rowsInBaseline: 8 * 60 } });
    expect(temp?.value).toBeLessThan(0.1);
  });
});
