import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLatestTimes } from '../../../adapters/counting/duckdb/latest-times.ts';
import { filesByGlob } from '../../../adapters/source/files/glob.ts';
import { createSources } from '../../../adapters/source/sources.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { expand } from '../../../domain/policy/standard.ts';
import { segmentName } from '../../../domain/traffic/segment-name.ts';
import { keepsTheSourceContract, type SourceUnderTest } from '../../contracts/source.contract.ts';

const model = 'demand' as ModelName;
const task = { kind: 'regression' } as const;

async function open(
  policy: Policy,
  leave: (folder: string, ...args: Parameters<SourceUnderTest['leave']>) => Promise<unknown>,
): Promise<SourceUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'anchorwatch-source-'));
  return {
    sources: createSources({ stateRoot: folder, latestTimes: createLatestTimes() }),
    policy,
    folder,
    leave: (...args) => leave(folder, ...args),
    change: (path) => appendFile(path, '\n\n'),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function write(folder: string, name: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

keepsTheSourceContract('the gateway’s record log', () => {
  const policy = expand({ model, task, sources: { predictions: { from: 'gateway' } } });
  let sequence = 0;
  return open(policy, (folder, holds, name, knownAt) =>
    write(join(folder, 'gateway', model, holds), segmentName(knownAt, ++sequence), JSON.stringify({ id: name })),
  );
});

for (const format of ['csv', 'ndjson'] as const) {
  keepsTheSourceContract(`a folder of ${format} files`, () => {
    const glob = (folder: string) => `${folder}/**/*.${format}`;
    const policy = expand({
      model,
      task,
      sources: {
        predictions: { from: 'files', glob: glob('predictions'), id: ['id'], time: 'time', prediction: 'p' },
        outcomes: { from: 'files', glob: glob('outcomes'), id: ['id'], label: 'y', knownAt: 'time' },
      },
    });
    return open(policy, (folder, holds, name, knownAt) => {
      const rows = [
        { id: name, time: '2011-01-01T00:00:00Z' },
        { id: `${name}-2`, time: knownAt },
      ];
      const text = format === 'csv' ? ['id,time', ...rows.map(({ id, time }) => `${id},${time}`)] : rows.map((row) => JSON.stringify(row));
      return write(join(folder, holds, 'nested'), `${name}.${format}`, text.join('\n'));
    });
  });
}

keepsTheSourceContract('a program', () => {
  /** Gives the rows whose file is named by an instant in the interval. */
  const run = (holds: string) =>
    `found=$(ls ${holds} 2>/dev/null | awk -v from="$1" -v to="$2" '$0 >= from && $0 < to')
     [ -z "$found" ] || { echo id,time; cd ${holds}; cat $found; } > "$ANCHORWATCH_OUTPUT"; [ -n "$found" ] || rm -f "$ANCHORWATCH_OUTPUT"`;
  const policy = expand({
    model,
    task,
    sources: {
      predictions: { from: 'program', run: run('predictions'), id: ['id'], time: 'time', prediction: 'p' },
      outcomes: { from: 'program', run: run('outcomes'), id: ['id'], label: 'y', knownAt: 'time' },
    },
  });
  return open(policy, (folder, holds, name, knownAt) =>
    write(join(folder, holds), knownAt, `${name},2011-04-01T00:00:00Z\n${name}-2,${knownAt}\n`),
  );
});

describe('files by glob', () => {
  it('given patterns, then they match as people expect', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anchorwatch-glob-'));
    try {
      for (const path of ['a/1.csv', 'a/2.parquet', 'a/b/3.csv', 'a/.hidden.csv', 'c+d/4.csv', '5.csv']) {
        await write(join(folder, path, '..'), path.split('/').at(-1) as string, '');
      }
      const match = async (pattern: string) => (await filesByGlob(pattern, folder)).map((path) => path.slice(folder.length + 1));
      expect(await match('*.csv')).toEqual(['5.csv']);
      expect(await match('a/*.csv')).toEqual(['a/1.csv']);
      expect(await match('**/*.csv')).toEqual(['5.csv', 'a/1.csv', 'a/b/3.csv', 'c+d/4.csv']);
      expect(await match('a/?.{csv,parquet}')).toEqual(['a/1.csv', 'a/2.parquet']);
      expect(await match('c+d/4.csv')).toEqual(['c+d/4.csv']);
      expect(await match('nowhere/*.csv')).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
