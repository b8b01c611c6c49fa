import { describe, expect, it } from 'vitest';
import type { ModelName, Version } from '../../domain/identity/names.ts';
import type { Serving } from '../../domain/serving/serving.port.ts';

/** What every serving keeps, run once for each adapter. `open` gives one under which version 1 of `bike-demand` can be served. */
export function keepsTheServingContract(adapter: string, open: () => Promise<Serving>): void {
  const [model, version] = ['bike-demand' as ModelName, '1' as Version];

  describe(`${adapter} as serving`, () => {
    it('given three callers of one version, when they race, then all get the one endpoint, and it is listed', async () => {
      const serving = await open();
      const endpoints = await Promise.all([1, 2, 3].map(() => serving.ensure(model, version)));
      expect(new Set(endpoints.map(({ url }) => url)).size).toBe(1);
      expect(await serving.list()).toEqual([{ key: 'bike-demand/1', model, version, url: endpoints[0]?.url, healthy: true }]);
      await serving.stop(model, version);
    });

    it('given an endpoint, when it is stopped twice, then it is not listed any more and the second does no harm', async () => {
      const serving = await open();
      await serving.ensure(model, version);
      await serving.stop(model, version);
      await serving.stop(model, version);
      expect(await serving.list()).toEqual([]);
    });
  });
}
