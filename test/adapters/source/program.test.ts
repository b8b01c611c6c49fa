import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLatestTimes } from '../../../adapters/counting/duckdb/latest-times.ts';
import { readProcess } from '../../../adapters/process/process-table.ts';
import { SourceProgramFailed } from '../../../adapters/source/program/source-program-failed.ts';
import { createSources } from '../../../adapters/source/sources.ts';
import { eventTime } from '../../../domain/identity/event-time.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';
import { expand } from '../../../domain/policy/standard.ts';
import { emptyFolder } from '../../empty-folder.ts';
import { until } from '../../until.ts';

const rows = `echo 'id,time,p' > "$3"; echo "1,$1,5" >> "$3"`;
const told = 'echo "$1 $2" >> asked';

/** A policy whose predictions come from a program, its own folder, and workers that share a state folder. */
function world(
  run: string,
  {
    timeLimitSeconds,
    signal,
    timezone,
    grain,
  }: { timeLimitSeconds?: number; signal?: AbortSignal; timezone?: string; grain?: 'hour' | 'day' } = {},
) {
  const [stateRoot, folder] = [emptyFolder(), emptyFolder()];
  const worker = (command = run) => {
    const policy = expand({
      model: 'churn' as ModelName,
      task: { kind: 'regression' },
      timezone,
      watch: { grain },
      sources: { predictions: { from: 'program', run: command, timeLimitSeconds, id: ['id'], time: 'time', prediction: 'p' } },
    });
    const latestTimes = createLatestTimes();
    const sources = createSources({ stateRoot, latestTimes, ...(signal && { cancellation: () => signal }) });
    return { find: (asOf: string): Promise<readonly Segment[]> => sources.find(policy, folder, eventTime(asOf)) };
  };
  const asked = () => (existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n') : []);
  return { folder, worker, find: worker().find, asked };
}

const failure = async (answer: Promise<unknown>): Promise<SourceProgramFailed> => {
  const error: unknown = await answer.catch((cause: unknown) => cause);
  if (!(error instanceof SourceProgramFailed)) throw error;
  return error;
};

describe('given a program that gives rows', () => {
  it('when looks follow each other, then each day is asked for once, and what was given is never asked for again', async () => {
    const { find, asked } = world(`${told}; ${rows}`);
    const first = await find('2024-03-01T03:00:00Z');
    expect(first.map(({ holds, knownAt, format }) => [holds, knownAt, format])).toEqual([['predictions', eventTime('2024-01-26'), 'csv']]);
    expect(await find('2024-03-01T22:00:00Z')).toEqual(first);
    expect(await find('2024-03-04T03:00:00Z')).toHaveLength(2);
    expect(await find('2024-03-01T03:00:00Z')).toEqual([...first, expect.objectContaining({ knownAt: '2024-03-01T00:00:00.000Z' })]);
    expect(asked()).toEqual(['2024-01-26T00:00:00.000Z 2024-03-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z 2024-03-04T00:00:00.000Z']);
  });

  it('when eight workers look at once, then it runs once and all have the same segments', async () => {
    const { worker, asked } = world(`${told}; sleep 0.3; ${rows}`);
    const found = await Promise.all(Array.from({ length: 8 }, () => worker().find('2024-03-01')));
    expect(new Set(found.map((segments) => JSON.stringify(segments))).size).toBe(1);
    expect(found[0]).toHaveLength(1);
    expect(asked()).toHaveLength(1);
  });

  it('when the policy names a time zone, then the days are those of its clocks', async () => {
    const { find, asked } = world(`${told}; ${rows}`, { timezone: 'Europe/Paris' });
    await find('2024-03-30T23:30:00Z');
    await find('2024-03-31T22:30:00Z');
    expect(asked()).toEqual(['2024-02-24T23:00:00.000Z 2024-03-30T23:00:00.000Z', '2024-03-30T23:00:00.000Z 2024-03-31T22:00:00.000Z']);
  });

  it('when rows are counted by the hour, then it is asked for whole hours', async () => {
    const { find, asked } = world(`${told}; ${rows}`, { grain: 'hour', timezone: 'Asia/Kolkata' });
    await find('2024-03-01T09:10:00Z');
    await find('2024-03-01T09:29:00Z');
    await find('2024-03-01T10:31:00Z');
    expect(asked()).toEqual(['2024-01-25T18:30:00.000Z 2024-03-01T08:30:00.000Z', '2024-03-01T08:30:00.000Z 2024-03-01T10:30:00.000Z']);
  });

  it('when it reads its environment, then model, interval and output are there too', async () => {
    const { find, folder } = world(
      `echo "$ANCHORWATCH_MODEL $ANCHORWATCH_FROM $ANCHORWATCH_TO" > env; test "$ANCHORWATCH_OUTPUT" = "$3" && ${rows}`,
    );
    expect(await find('2024-03-01')).toHaveLength(1);
    expect(readFileSync(join(folder, 'env'), 'utf8')).toBe('churn 2024-01-26T00:00:00.000Z 2024-03-01T00:00:00.000Z\n');
  });

  it('when it writes JSON lines, then they are known for what they are', async () => {
    const { find } = world(`echo '{"id": 1, "time": "2024-02-29T10:00:00Z", "p": 5}' > "$3"`);
    expect(await find('2024-03-01')).toMatchObject([{ format: 'ndjson', knownAt: '2024-02-29T10:00:00.000Z' }]);
  });

  it('when rows carry times after the interval, then they are known at its end', async () => {
    const { find } = world(`echo '{"id": 1, "time": "2024-04-01T10:00:00Z", "p": 5}' > "$3"`);
    expect(await find('2024-03-01')).toMatchObject([{ knownAt: '2024-03-01T00:00:00.000Z' }]);
  });
});

describe('given a program that has nothing to give yet', () => {
  it('when it writes no file, then the same look does not ask again, and the next asks for all that is missing', async () => {
    const { find, asked } = world(`${told}; [ -e ready ] && { ${rows}; }; true`);
    expect(await find('2024-03-01')).toEqual([]);
    expect(await find('2024-03-01')).toEqual([]);
    expect(await find('2024-03-02')).toEqual([]);
    expect(asked()).toEqual(['2024-01-26T00:00:00.000Z 2024-03-01T00:00:00.000Z', '2024-01-27T00:00:00.000Z 2024-03-02T00:00:00.000Z']);
  });
});

describe('given a program that fails', () => {
  it('when it ends with an exit code, then the error tells it with its last words, and the next attempt asks again', async () => {
    const { find, worker, asked } = world(`${told}; echo reading; echo 'warehouse: no route to host' >&2; exit 3`);
    const error = await failure(find('2024-03-01'));
    expect(error.code).toBe('exit-code');
    expect(error.message).toMatch(
      /^The program of sources\.predictions, asked for 2024-01-26T00:00:00\.000Z to 2024-03-01T00:00:00\.000Z, ended with exit code 3\. It printed last: reading \| warehouse: no route to host \(.*log\)\./,
    );
    expect(await worker(`${told}; ${rows}`).find('2024-03-01')).toHaveLength(1);
    expect(asked()).toHaveLength(2);
  });

  it('when it runs too long, then it is ended and the error says so', async () => {
    const error = await failure(world('sleep 3600', { timeLimitSeconds: 0.3 }).find('2024-03-01'));
    expect([error.code, error.message]).toEqual([
      'time-limit',
      expect.stringContaining('after its time limit of 0.3 s. It printed nothing'),
    ]);
  });

  it('when it writes no table, then the error tells what it is, and the next attempt asks again', async () => {
    const { worker } = world(': > "$3"');
    const empty = await failure(worker().find('2024-03-01'));
    expect([empty.code, empty.message]).toEqual(['no-table', expect.stringContaining('wrote an empty file; without rows it must write')]);
    const list = await failure(worker(`echo '[{"id": 1}]' > "$3"`).find('2024-03-01'));
    expect(list.message).toContain('wrote one JSON array, where Parquet, CSV or JSON lines are read');
    expect(await worker(rows).find('2024-03-01')).toHaveLength(1);
  });

  it('when whoever asked is cancelled, then it ends with all it started, and nothing of it is kept', async () => {
    const given = new AbortController();
    const { find, folder } = world('sleep 3600 & echo $! > child.draft; mv child.draft child; wait', { signal: given.signal });
    const looking = find('2024-03-01').catch((cause: unknown) => cause);
    const child = await until(() => (existsSync(join(folder, 'child')) ? Number(readFileSync(join(folder, 'child'), 'utf8')) : undefined));
    given.abort(new Error('cancelled by a test'));
    expect(await looking).toEqual(new Error('cancelled by a test'));
    expect(readProcess(child)?.zombie ?? true).toBe(true);
  });
});
