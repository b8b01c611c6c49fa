import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRecordingActivities } from '../../activities/recording.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { createRowArchive } from '../../adapters/store/row-archive.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest, Version } from '../../domain/identity/names.ts';
import type { WorstRows } from '../../domain/ledger/worst-rows.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { WrittenPolicy } from '../../domain/policy/written-policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { tellWorstRows } from '../../domain/report/tell-worst-rows.ts';
import { reportUntil } from '../../scripts/models/report-until.ts';
import { rowsOfReport } from '../../scripts/models/worst-rows.ts';
import type { Ports } from '../../worker/ports.ts';
import { policyWith, report as recorded } from '../decision/decision-material.ts';
import { emptyFolder } from '../empty-folder.ts';

const policy = policyWith();
const { model } = policy;
const rows: WorstRows = {
  kind: 'worst-rows',
  schemaVersion: 1,
  madeFrom: [],
  model,
  version: '1' as Version,
  asOf: eventTime('2024-01-09'),
  window: { from: eventTime('2024-01-01'), to: eventTime('2024-01-08') },
  idColumns: ['customer', 'order'],
  by: 'logLoss',
  rows: [
    { id: ['ada', '7'], day: '2024-01-01', prediction: 'stays', outcome: 'leaves', presumed: true, score: 0.01, loss: 4.60517 },
    { id: ['\u001b[31mred', '12'], day: '2024-01-02', prediction: 'leaves', outcome: 'stays', score: 0.9, loss: 2.25 },
  ],
};

function openPorts(): Ports {
  const store = createFileStore(join(emptyFolder(), 'store'), 'for a while');
  return { store, artefacts: createArtefacts(store), rows: createRowArchive(store) } as unknown as Ports;
}

async function reportOf(ports: Ports, more: Partial<Report>, written: Partial<WrittenPolicy> = {}): Promise<Report> {
  const digest = await ports.artefacts.save(policyWith(written) satisfies Policy);
  return { ...recorded('2024-01-09', []).report, policy: digest, ...more };
}

it('given rows, when they are told, then as a table in which no id commands the terminal', () => {
  expect(tellWorstRows(rows).split('\n')).toEqual([
    'bike-demand 1, 2024-01-01 to before 2024-01-08: the 2 rows that turned out most wrong, by log loss, in nats.',
    '',
    'customer  order  day         prediction  score  outcome            loss',
    'ada       7      2024-01-01  stays       0.01   leaves (presumed)  4.61',
    '\ufffd[31mred  12     2024-01-02  leaves      0.9    stays              2.25',
  ]);
});

describe('given a report', () => {
  it('when it names rows that are kept here, then they are told', async () => {
    const ports = openPorts();
    const digest = await ports.rows.save(rows);
    const told = await rowsOfReport(ports, await reportOf(ports, { worst: { digest, rows: 2 } }));
    expect(told).toEqual({ worst: rows, says: tellWorstRows(rows) });
  });

  it('when it names rows of another store, then that is said, and how to have them', async () => {
    const ports = openPorts();
    const report = await reportOf(ports, { worst: { digest: 'b'.repeat(64) as Digest, rows: 50 } });
    await expect(rowsOfReport(ports, report)).rejects.toThrow(
      /names 50 rows, bbbbbbbbbbbb, and they are not in this store: it was computed with another.*anchorwatch check bike-demand --as-of/,
    );
  });

  it('when the store refuses, then that is said, and who decides', async () => {
    const ports = openPorts();
    const refusing: Ports = { ...ports, rows: { ...ports.rows, read: () => Promise.reject(new Error('no permission.')) } };
    const report = await reportOf(ports, { worst: { digest: 'b'.repeat(64) as Digest, rows: 50 } });
    await expect(rowsOfReport(refusing, report)).rejects.toThrow(
      'The rows of bike-demand cannot be read: no permission. Who may read rows/bike-demand/, whoever keeps the store decides.',
    );
  });

  it('when it names none, then why', async () => {
    const ports = openPorts();
    const files = { from: 'files', glob: '*.csv', id: ['id'], time: 't', prediction: 'p' } as const;
    const says = async (written: Partial<WrittenPolicy>) => (await rowsOfReport(ports, await reportOf(ports, {}, written))).says;
    expect(await says({})).toMatch(/no prediction of its matured window was known to be wrong/);
    expect(await says({ performance: { worstRows: 0 } })).toMatch(/as the policy says: performance.worstRows/);
    expect(await says({ sources: { predictions: files } })).toMatch(/names no outcomes/);
  });
});

describe("given a model's audit chain", () => {
  async function after(...days: readonly string[]) {
    const ports = openPorts();
    const { appendAudit } = createRecordingActivities({ ...ports, notifier: { send: () => Promise.reject(new Error('nobody hears')) } });
    let end: { seq: number; digest?: Digest } = { seq: -1 };
    for (const asOf of days) {
      const report = await ports.artefacts.save(recorded(asOf, []).report);
      const decision = { kind: 'decision', schemaVersion: 1, madeFrom: [], inputs: { reports: [report] } } as unknown as Decision;
      const isLate = days.indexOf(asOf) > 0 && asOf < (days[days.indexOf(asOf) - 1] as string);
      const evidence = isLate ? report : await ports.artefacts.save(decision);
      const previous = end.digest && { previous: end.digest };
      const what = isLate ? 'late-report' : 'decision';
      end = await appendAudit({ model, key: asOf, seq: end.seq + 1, ...previous, what, says: '', evidence, asOf: eventTime(asOf) });
    }
    return ports;
  }

  it('when a report is asked for, then it is the newest until then, a day to its end, and late ones too', async () => {
    const ports = await after('2024-01-07T03:00:00Z', '2024-01-09T03:00:00Z', '2024-01-08T03:00:00Z');
    const asOf = async (until?: string) => (await reportUntil(ports, model, until)).report.asOf.slice(0, 10);
    expect(await asOf()).toBe('2024-01-09');
    expect(await asOf('2024-01-07')).toBe('2024-01-07');
    expect(await asOf('2024-01-08T12:00:00Z')).toBe('2024-01-08');
    expect(await asOf('2024-02-01')).toBe('2024-01-09');
    await expect(reportUntil(ports, model, '2024-01-06')).rejects.toThrow(/until 2024-01-06\. Look now: anchorwatch check bike-demand/);
  });
});
