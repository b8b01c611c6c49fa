import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDecidingActivities, type DecideOrder } from '../../activities/deciding.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import { asked, policyWith, report, worse } from '../decision/decision-material.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anchorwatch-deciding-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const artefactsHere = () => createArtefacts(createFileStore(root));
const activities = () => createDecidingActivities({ artefacts: artefactsHere() });

async function order(): Promise<DecideOrder> {
  const policy = policyWith();
  const digest = await artefactsHere().save(policy);
  const recorded = await artefactsHere().save(report('2011-05-09', [worse]).report);
  return {
    model: 'bike-demand' as ModelName,
    policy: { digest, folder: '/models/bike', mode: 'act', approval: 'none' },
    reports: [recorded],
    state: asked().state,
    asOf: eventTime('2011-05-09'),
    source: 'report',
  };
}

it('given an order, when it is decided twice, then it is one decision with one id, saved under its digest', async () => {
  const first = await activities().decide(await order());
  expect(await activities().decide(await order())).toEqual(first);
  expect(first.decision).toMatch(/^2011-05-09T00:00:00\.000Z-[0-9a-f]{12}$/);
  expect(first).toMatchObject({ action: { kind: 'retrain', strategy: 'full' }, because: worse.says });
  expect(await artefactsHere().read<Decision>('decision', first.digest)).toMatchObject({ id: first.decision, model: 'bike-demand' });
});

it('given another state or source, when it is decided, then it is another decision', async () => {
  const base = await order();
  const ids = await Promise.all([
    activities().decide(base),
    activities().decide({ ...base, state: { ...base.state, revision: 8 } }),
    activities().decide({ ...base, source: 'schedule' }),
    activities().decide({ ...base, request: { kind: 'retrain', emergency: true, who: 'ana', reason: 'now' } }),
  ]);
  expect(new Set(ids.map(({ decision }) => decision)).size).toBe(4);
});

it('given a recorded decision, when it is computed again, then it is the same', async () => {
  const request = { kind: 'retrain', emergency: true, who: 'ana', reason: 'now' } as const;
  const { digest } = await activities().decide({ ...(await order()), source: 'emergency', request });
  expect(await activities().recompute(digest)).toBe('same');
});

it('given a record that another build made, when it is computed again, then it differs', async () => {
  const { digest } = await activities().decide(await order());
  const recorded = (await artefactsHere().read<Decision>('decision', digest)) as Decision;
  const other = await artefactsHere().save({ ...recorded, action: { kind: 'nothing' } } as Decision);
  expect(await activities().recompute(other)).toBe('differs');
});

it('given a report that is not in the store, when it is decided, then the failure is typed, final and names it', async () => {
  const absent = 'f'.repeat(64) as Digest;
  const failed = activities().decide({ ...(await order()), reports: [absent] });
  await expect(failed).rejects.toMatchObject({ type: 'ArtefactMissing', nonRetryable: true, message: expect.stringContaining(absent) });
  await expect(activities().recompute('0'.repeat(64) as Digest)).rejects.toMatchObject({ type: 'ArtefactMissing' });
});
