import { describe, expect, it } from 'vitest';
import { createRoutingActivities, type ShareOrder } from '../../activities/routing.ts';
import type { DecisionId, EffectKey, Version } from '../../domain/identity/names.ts';
import { isOffline, offlineHold } from '../../domain/traffic/offline-hold.ts';
import type { Router } from '../../domain/traffic/router.port.ts';
import { openGateway } from '../gateway/harness.ts';
import { model, rollout } from '../gateway/table.ts';

const champion = { version: '1' as Version, url: 'http://127.0.0.1:9/one' };
const candidate = { version: '2' as Version, url: 'http://127.0.0.1:9/two' };
const key = (effect: string) => `${rollout}/${effect}` as EffectKey;

function shares(effect: string, expectedEpoch: number, share?: number, changes: Partial<ShareOrder> = {}): ShareOrder {
  return {
    key: key(effect),
    model,
    expectedEpoch,
    rollout,
    champion,
    ...(share !== undefined && { candidate: { ...candidate, share } }),
    replay: false,
    ...changes,
  };
}

async function openRouting() {
  const { router } = await openGateway();
  return { router, ...createRoutingActivities({ router }) };
}

const stop = { key: key('withdraw'), model, by: 'olga', reason: 'errors' };

describe('setShares', () => {
  it('given no table, when the first is ordered, then it is written as epoch 1', async () => {
    const { setShares, readTable } = await openRouting();
    expect(await setShares(shares('open', 0))).toEqual({ outcome: 'written', epoch: 1 });
    expect(await readTable(model)).toMatchObject({ epoch: 1, arms: [{ arm: 'champion', version: '1', share: 1 }] });
  });

  it('given it was written and the answer was lost, when it is repeated, then nothing more happens', async () => {
    const { setShares } = await openRouting();
    await setShares(shares('open', 0));
    expect(await setShares(shares('5%', 1, 0.05))).toEqual({ outcome: 'written', epoch: 2 });
    expect(await setShares(shares('5%', 1, 0.05))).toEqual({ outcome: 'written', epoch: 2 });
  });

  it('given another writer was there, when an older epoch is expected, then it is stale and told the epoch', async () => {
    const { setShares } = await openRouting();
    await setShares(shares('open', 0));
    await setShares(shares('5%', 1, 0.05));
    expect(await setShares(shares('other', 1, 0.2))).toEqual({ outcome: 'stale', epoch: 2 });
  });

  it('given the candidate was withdrawn, when its rollout raises it again, then it is held; the next rollout may', async () => {
    const { setShares, withdraw, readTable } = await openRouting();
    await setShares(shares('5%', 0, 0.05));
    await withdraw(stop);
    expect(await setShares(shares('20%', 2, 0.2))).toEqual({ outcome: 'held', epoch: 2 });
    expect(await setShares(shares('20%', 2, 0.2, { hold: 'clear' }))).toEqual({ outcome: 'held', epoch: 2 });
    const next = '2011-07-04T00:00:00.000Z-ba9876543210' as DecisionId;
    expect(await setShares(shares('next', 2, 0.05, { rollout: next, hold: 'clear' }))).toEqual({ outcome: 'written', epoch: 3 });
    expect(await readTable(model)).not.toHaveProperty('hold');
  });

  it('given shares that make no sense, when they are ordered, then it fails for good and says why', async () => {
    const { setShares } = await openRouting();
    await expect(setShares(shares('5', 0, 5))).rejects.toMatchObject({ type: 'RoutingTableInvalid', nonRetryable: true });
  });
});

describe('withdraw', () => {
  it('given a candidate, when it is withdrawn twice, then it is out once, held, and both answers are the same', async () => {
    const { setShares, withdraw, readTable } = await openRouting();
    await setShares(shares('5%', 0, 0.05));
    expect(await withdraw(stop)).toEqual({ epoch: 2, from: '2', to: '1' });
    expect(await withdraw(stop)).toEqual({ epoch: 2, from: '2', to: '1' });
    expect(await readTable(model)).toMatchObject({
      arms: [{ arm: 'champion', version: '1', share: 1 }],
      hold: { by: 'olga', reason: 'errors', from: '2' },
    });
  });

  it('given another hand withdrew it first, when it is withdrawn, then that hold stands and the answer still names the candidate', async () => {
    const { setShares, withdraw, readTable } = await openRouting();
    await setShares(shares('5%', 0, 0.05));
    await withdraw(stop);
    const later = { ...stop, key: key('lower'), by: 'rollOut', reason: 'cancelled' };
    expect(await withdraw(later)).toEqual({ epoch: 2, from: '2', to: '1' });
    expect(await readTable(model)).toMatchObject({ hold: { by: 'olga', reason: 'errors' } });
  });

  it('given a rollback was made offline, when it is adopted, then the new hold is no longer offline and still names the candidate', async () => {
    const { setShares, withdraw, readTable } = await openRouting();
    const hold = offlineHold({ who: 'olga', reason: 'errors', from: candidate.version, atWall: '2026-01-01T00:00:00.000Z' });
    await setShares(shares('offline', 0, undefined, { hold }));
    expect(await withdraw(stop)).toEqual({ epoch: 2, from: '2', to: '1' });
    expect(isOffline((await readTable(model))?.hold)).toBe(false);
    expect(await withdraw(stop)).toEqual({ epoch: 2, from: '2', to: '1' });
  });

  it('given no candidate, when it is withdrawn, then there is no from; given no table, the epoch is 0', async () => {
    const { setShares, withdraw } = await openRouting();
    expect(await withdraw(stop)).toEqual({ epoch: 0 });
    await setShares(shares('open', 0));
    expect(await withdraw(stop)).toEqual({ epoch: 2, to: '1' });
  });

  it('given a writer that is always a step ahead, when it pauses, then the withdrawal wins', async () => {
    const { router, setShares } = await openRouting();
    await setShares(shares('5%', 0, 0.05));
    let races = 3;
    const contested: Router = {
      read: (name) => router.read(name),
      async replace(table, expectedEpoch) {
        races -= 1;
        if (races > 0) await setShares(shares(`race-${races}`, expectedEpoch, 0.05));
        return await router.replace(table, expectedEpoch);
      },
    };
    expect(await createRoutingActivities({ router: contested }).withdraw(stop)).toEqual({ epoch: 4, from: '2', to: '1' });
  });
});
