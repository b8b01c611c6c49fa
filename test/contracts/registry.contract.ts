import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EffectKey, ModelName, Version } from '../../domain/identity/names.ts';
import type { Alias, AliasMove, Registry } from '../../domain/registry/registry.port.ts';
import { RegistryRefusal } from '../../domain/registry/registry-refusal.ts';

export interface RegistryAtWork {
  readonly registry: Registry;
  /** Puts a small model into the run, as a training program does, and tells where. */
  logModel(runId: string): Promise<string>;
  /** Status, metrics and one artifact of a run, as the registry's own interface tells them. */
  readRun(runId: string): Promise<{ status: string; metrics: Record<string, number>; artifact(path: string): Promise<string> }>;
}

/** What every registry keeps, run once for each adapter. */
export function keepsTheRegistryContract(adapter: string, open: () => RegistryAtWork): void {
  const newModel = () => `m-${randomUUID().slice(0, 8)}` as ModelName;
  const key = (step: string) => `2011-04-18T00:00:00.000Z-0123456789ab/${step}` as EffectKey;
  const newVersion = async (model: ModelName, step: string): Promise<Version> => {
    const { registry } = open();
    const runId = await registry.ensureRun(model, key(`${step}-train`), {});
    return registry.register({ model, key: key(step), runId, source: await open().logModel(runId), tags: { step } });
  };
  const move = (model: ModelName, epoch: number, step: string, from: AliasMove['from'], to: AliasMove['to']): AliasMove => ({
    model,
    key: key(step),
    epoch,
    from,
    to,
  });

  describe(`${adapter} as a registry`, () => {
    it('given four callers of one key, when each asks for its run, then later callers all find the same one', async () => {
      const [model, { registry }] = [newModel(), open()];
      await Promise.allSettled(Array.from({ length: 4 }, () => registry.ensureRun(model, key('train'), { who: 'test' })));
      const found = await Promise.all(Array.from({ length: 4 }, () => registry.ensureRun(model, key('train'), {})));
      expect(new Set(found).size).toBe(1);
      expect((await open().readRun(found[0] as string)).status).toBe('RUNNING');
    });

    it('given a run, when metrics are logged, then finite ones are kept and the others are named', async () => {
      const [model, { registry }] = [newModel(), open()];
      const run = await registry.ensureRun(model, key('train'), {});
      const answer = await registry.logMetrics(run, { mae: 41.5, loss: Number.NaN, ratio: Number.POSITIVE_INFINITY });
      expect(answer.leftOut.toSorted()).toEqual(['loss', 'ratio']);
      expect((await open().readRun(run)).metrics).toEqual({ mae: 41.5 });
    });

    it('given a run, when a file is logged and the run ended, then both can be read there', async () => {
      const [model, { registry }] = [newModel(), open()];
      const run = await registry.ensureRun(model, key('train'), {});
      await registry.logArtifact(run, 'anchorwatch/note one.md', new TextEncoder().encode('größer'));
      await registry.endRun(run, 'KILLED');
      const seen = await open().readRun(run);
      expect(seen.status).toBe('KILLED');
      expect(await seen.artifact('anchorwatch/note one.md')).toBe('größer');
    });

    it('given one key, when it is registered again and again, then there is one version with its tags', async () => {
      const [model, { registry }] = [newModel(), open()];
      const first = await newVersion(model, 'register');
      const runId = await registry.ensureRun(model, key('register-train'), {});
      const again = await registry.register({ model, key: key('register'), runId, source: 'models:/m-unseen', tags: {} });
      expect([first, again]).toEqual(['1', '1']);
      expect(await registry.find(model, '2' as Version)).toBeUndefined();
      expect(await registry.find(model, first)).toMatchObject({ version: '1', runId, tags: { step: 'register' } });
    });

    it('given several callers that race for one key, when some are told to try again, then later callers get the lowest version', async () => {
      const [model, { registry }] = [newModel(), open()];
      const runId = await registry.ensureRun(model, key('train'), {});
      const candidate = { model, key: key('register'), runId, source: await open().logModel(runId), tags: {} };
      await Promise.allSettled(Array.from({ length: 4 }, () => registry.register(candidate)));
      expect(await registry.register(candidate)).toBe('1');
    });

    it('given a source that is no model, when it is registered, then it is refused for good', async () => {
      const [model, { registry }] = [newModel(), open()];
      const runId = await registry.ensureRun(model, key('train'), {});
      const candidate = { model, key: key('register'), runId, source: 's3//nowhere', tags: {} };
      await expect(registry.register(candidate)).rejects.toThrow(RegistryRefusal);
    });

    it('given a version, when it is tagged twice, then the last tag stands beside the older ones', async () => {
      const [model, { registry }] = [newModel(), open()];
      const version = await newVersion(model, 'register');
      await registry.tag(model, version, { status: 'candidate' });
      await registry.tag(model, version, { status: 'refused', reason: 'not better' });
      expect((await registry.find(model, version))?.tags).toMatchObject({ step: 'register', status: 'refused', reason: 'not better' });
    });

    it('given a version, when it is described twice, then it says what was said last', async () => {
      const [model, { registry }] = [newModel(), open()];
      const version = await newVersion(model, 'register');
      expect((await registry.find(model, version))?.description).toBe('');
      await registry.describe(model, version, 'Passed.');
      await registry.describe(model, version, 'Refused: "mae" 105 > 60 – at most 60 asked.');
      expect((await registry.find(model, version))?.description).toBe('Refused: "mae" 105 > 60 – at most 60 asked.');
    });

    it('given a model nobody registered, when aliases and versions are read, then there are none', async () => {
      const { registry } = open();
      expect(await registry.aliases('nobody' as ModelName)).toEqual({});
      expect(await registry.find('nobody' as ModelName, '1' as Version)).toBeUndefined();
    });

    describe('moving aliases', () => {
      const promoted = async () => {
        const [model, { registry }] = [newModel(), open()];
        const [one, two] = [await newVersion(model, 'first'), await newVersion(model, 'second')];
        const begin = move(model, 1, 'begin', { champion: 'none' }, { champion: one, challenger: two });
        expect(await registry.moveAliases(begin)).toBe('moved');
        return { model, registry, one, two };
      };
      const names: readonly Alias[] = ['champion', 'challenger', 'previous'];

      it('given a promotion, when it is made twice, then it was made once and the challenger is gone', async () => {
        const { model, registry, one, two } = await promoted();
        const promotion = move(model, 5, 'promote', { champion: one }, { champion: two, previous: one, challenger: 'none' });
        expect(await registry.moveAliases(promotion)).toBe('moved');
        expect(await registry.moveAliases(promotion)).toBe('moved');
        expect(await registry.aliases(model)).toEqual({ champion: two, previous: one });
      });

      it('given a newer epoch in force, when an older move comes late, then it is stale and changes nothing', async () => {
        const { model, registry, one, two } = await promoted();
        await registry.moveAliases(move(model, 9, 'roll-back', {}, { challenger: 'none' }));
        const late = move(model, 5, 'promote', { champion: one }, { champion: two, previous: one });
        expect(await registry.moveAliases(late)).toBe('stale');
        expect(await registry.aliases(model)).toEqual({ champion: one });
      });

      it('given another champion than expected, when a move is asked for, then it is unexpected and changes nothing', async () => {
        const { model, registry, one, two } = await promoted();
        for (const from of [{ champion: two }, { champion: 'none' }, { previous: one }] as const) {
          expect(await registry.moveAliases(move(model, 5, 'promote', from, { champion: two }))).toBe('unexpected');
        }
        expect(await registry.aliases(model)).toEqual({ champion: one, challenger: two });
      });

      it('given a move that was cut short, when it is repeated, then it is finished', async () => {
        const { model, registry, one, two } = await promoted();
        const promotion = move(model, 5, 'promote', { champion: one }, { champion: two, previous: one, challenger: 'none' });
        await registry.moveAliases({ ...promotion, to: { previous: one } });
        await registry.moveAliases({ ...promotion, to: { previous: one, champion: two } });
        expect(await registry.moveAliases(promotion)).toBe('moved');
        expect(await registry.aliases(model)).toEqual({ champion: two, previous: one });
      });

      it('given two moves that race, when both are answered, then the aliases are as the higher epoch has them', async () => {
        const { model, registry, one, two } = await promoted();
        const forward = move(model, 5, 'promote', {}, { champion: two, previous: one, challenger: 'none' });
        const back = move(model, 6, 'roll-back', {}, { champion: one, previous: 'none', challenger: 'none' });
        const answers = await Promise.all([registry.moveAliases(forward), registry.moveAliases(back)]);
        expect(answers[1]).toBe('moved');
        const aliases = await registry.aliases(model);
        expect(names.map((name) => aliases[name])).toEqual([one, undefined, undefined]);
      });
    });
  });
}
