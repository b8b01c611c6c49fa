import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { allBeating, beating } from '../../activities/beating.ts';

/** A worker, and a silence of a server's that is over when the worker has beaten twice meanwhile. */
function silence() {
  const worker = new MockActivityEnvironment();
  const beats: unknown[] = [];
  const over = new Promise<void>((twice) =>
    worker.on('heartbeat', (details: unknown) => {
      if (beats.push(details) === 2) twice();
    }),
  );
  return { worker, beats, over };
}

it('given a server that is silent for longer than a heartbeat, when it is waited for, then Temporal hears that we live, and what we wait for', async () => {
  const { worker, beats, over } = silence();
  const answered = await worker.run(() =>
    beating(
      'Waiting for MLflow.',
      over.then(() => 'answer'),
    ),
  );
  expect(answered).toBe('answer');
  expect(beats).toEqual([{ says: 'Waiting for MLflow.' }, { says: 'Waiting for MLflow.' }]);
});

it('given a long query, when its activity is one of those that beat, then it beats under its name and gets its arguments', async () => {
  const { worker, beats, over } = silence();
  const { count } = allBeating({ count: async (rows: number) => over.then(() => rows + 1) });
  expect(await worker.run(count, 41)).toBe(42);
  expect(beats[0]).toEqual({ says: 'At work: count.' });
});

it('given the work fails, when it is waited for, then its own fault comes through', async () => {
  const worker = new MockActivityEnvironment();
  await expect(worker.run(() => beating('Waiting.', Promise.reject(new Error('MLflow does not answer'))))).rejects.toThrow(
    'MLflow does not answer',
  );
});
