import { describe, expect, it } from 'vitest';
import type { DecisionId, EffectKey } from '../../domain/identity/names.ts';
import type { Router } from '../../domain/traffic/router.port.ts';
import { model, rollout, tableWith } from '../gateway/table.ts';

const urls = { champion: 'http://127.0.0.1:9/one', candidate: 'http://127.0.0.1:9/two' };
const hold = { by: 'olga', reason: 'errors' };

/** What every router keeps, run once for each adapter. */
export function keepsTheRouterContract(adapter: string, open: () => Promise<Router>): void {
  describe(`${adapter} as a router`, () => {
    it('given no table, when it is read, then the answer is undefined', async () => {
      expect(await (await open()).read(model)).toBeUndefined();
    });

    it('given a table was written, when it is read, then it comes back as it was', async () => {
      const router = await open();
      const table = tableWith(0.05, urls, { unit: 'station', hold });
      expect(await router.replace(table, 0)).toBe('written');
      expect(await router.read(model)).toEqual(table);
    });

    it('given epoch 1 is in force, when a writer expects another, then it is stale and nothing changes', async () => {
      const router = await open();
      await router.replace(tableWith(0.05, urls), 0);
      expect(await router.replace(tableWith(0.2, urls), 0)).toBe('stale');
      expect(await router.replace(tableWith(0.2, urls, { epoch: 6 }), 5)).toBe('stale');
      expect(await router.read(model)).toEqual(tableWith(0.05, urls));
    });

    it('given eight writers that know the same epoch, when they race, then one writes and is read', async () => {
      const router = await open();
      const tables = Array.from({ length: 8 }, (_, writer) =>
        tableWith(writer / 10, urls, { writtenBy: `${rollout}/${writer}` as EffectKey }),
      );
      const answers = await Promise.all(tables.map((table) => router.replace(table, 0)));
      expect(answers.filter((answer) => answer === 'written')).toHaveLength(1);
      expect(await router.read(model)).toEqual(tables[answers.indexOf('written')]);
    });

    it('given a hold, when the stopped rollout raises its share or lifts the hold, then it is held', async () => {
      const router = await open();
      await router.replace(tableWith(0, urls, { hold }), 0);
      expect(await router.replace(tableWith(0.05, urls, { epoch: 2, hold }), 1)).toBe('held');
      expect(await router.replace(tableWith(0, urls, { epoch: 2 }), 1)).toBe('held');
      expect(await router.read(model)).toEqual(tableWith(0, urls, { hold }));
    });

    it('given a hold, when a new rollout begins, then it may lift the hold', async () => {
      const router = await open();
      await router.replace(tableWith(0, urls, { hold }), 0);
      const next = tableWith(0.05, urls, { epoch: 2, rollout: '2011-07-04T00:00:00.000Z-ba9876543210' as DecisionId });
      expect(await router.replace(next, 1)).toBe('written');
    });

    it('given shares that do not add up, when the table is written, then the writer is told why', async () => {
      const table = tableWith(0.05, urls);
      const lame = { ...table, arms: table.arms.map((arm) => ({ ...arm, share: 0.4 })) };
      await expect((await open()).replace(lame, 0)).rejects.toThrow(/add up to 0.8/);
    });
  });
}
