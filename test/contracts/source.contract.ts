import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventTime } from '../../domain/identity/event-time.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Sources } from '../../domain/ledger/sources.port.ts';
import type { Policy } from '../../domain/policy/policy.ts';

export interface SourceUnderTest {
  readonly sources: Sources;
  readonly policy: Policy;
  readonly folder: string;
  /** Leaves a sealed segment of two rows whose latest became known at `knownAt`. */
  leave(holds: 'predictions' | 'outcomes', name: string, knownAt: EventTime): Promise<unknown>;
  /** Writes the same path anew, with other content. */
  change(path: string): Promise<void>;
  close(): Promise<void>;
}

/** What every source keeps, run once for each adapter. */
export function keepsTheSourceContract(adapter: string, open: () => Promise<SourceUnderTest>): void {
  describe(`${adapter} as a source`, () => {
    let source: SourceUnderTest;
    beforeEach(async () => {
      source = await open();
    });
    afterEach(() => source.close());

    const [early, late] = [eventTime('2011-04-10T10:00:00.000Z'), eventTime('2011-04-20T10:00:00.000Z')];
    /** When the day of the later ones is over: some sources give whole days. */
    const after = eventTime('2011-04-21');
    const find = (knownBy: EventTime) => source.sources.find(source.policy, source.folder, knownBy);

    it('given nothing yet, when it is asked, then it has no segments', async () => {
      expect(await find(after)).toEqual([]);
    });

    it('given segments known at two times, when it is asked as of between, then the later one does not exist yet', async () => {
      await source.leave('predictions', 'one', early);
      await source.leave('outcomes', 'two', late);
      const between = await find(eventTime('2011-04-15'));
      expect(between.map(({ holds, knownAt }) => [holds, knownAt])).toEqual([['predictions', early]]);
      expect((await find(after)).map(({ holds, knownAt }) => [holds, knownAt]).sort()).toEqual([
        ['outcomes', late],
        ['predictions', early],
      ]);
    });

    it('given the same files, when it is asked twice, then ids are the same and are those of the bytes', async () => {
      await source.leave('predictions', 'one', early);
      const [first] = await find(after);
      const path = first?.path as string;
      expect(await find(after)).toEqual([first]);
      expect(await source.sources.identify(path)).toBe(first?.id);
      await source.change(path);
      expect(await source.sources.identify(path)).not.toBe(first?.id);
      expect(await source.sources.identify(`${path}.gone`)).toBeUndefined();
    });
  });
}
