import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpScorer } from '../../../adapters/serving/scorer/http-scorer.ts';
import { logLinearModel, mlflowBin, startMlflow, whyNoMlflow } from '../../servers/mlflow.ts';

async function whileListening<T>(listener: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as { port: number }).port}/invocations`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const answering = (status: number, body: string) =>
  whileListening(
    (_, response) => response.writeHead(status).end(body),
    (url) => httpScorer.score(url, ['x'], [[1], [2]]),
  );

describe('the scorer over HTTP', () => {
  it('given rows, when they are asked, then they arrive as a split data frame', async () => {
    const seen = await whileListening(
      async (request, response) => response.end(JSON.stringify({ predictions: [Buffer.concat(await request.toArray()).toString()] })),
      (url) =>
        httpScorer.score(
          url,
          ['x', 'plan'],
          [
            [1, 'free'],
            [null, 'pro'],
          ],
        ),
    );
    const body = JSON.stringify({
      dataframe_split: {
        columns: ['x', 'plan'],
        data: [
          [1, 'free'],
          [null, 'pro'],
        ],
      },
    });
    expect(seen).toEqual({ outcome: 'answered', predictions: [body] });
  });

  it('given plain, wrapped and unusable predictions, when they are read, then only the unusable ones are missing', async () => {
    const answer = await answering(200, '{"predictions": [1.5, "a", true, [2], {"y": 3}, null, [1, 2], {}]}');
    expect(answer).toEqual({ outcome: 'answered', predictions: [1.5, 'a', true, 2, 3, undefined, undefined, undefined] });
  });

  it('given records of prediction and score, when they are read, then both are, and a score that is no number spoils its row', async () => {
    const answer = await answering(200, '{"predictions": [{"prediction": 1, "score": 0.9}, {"prediction": 1, "score": "high"}]}');
    expect(answer).toEqual({ outcome: 'answered', predictions: [{ prediction: 1, score: 0.9 }, undefined] });
  });

  it.each([
    [400, '{"error_code": "BAD_REQUEST", "message": "x must not be null\\n  File \\"secret.py\\", line 1"}', '400: x must not be null'],
    [500, 'Internal Server Error', '500: no reason given'],
    [200, '{"predictions": [NaN, 2]}', 'valid JSON'],
    [200, '[1, 2]', 'predictions'],
  ])('given status %i and %s, when it is asked, then the rows are refused', async (status, body, says) => {
    expect(await answering(status, body)).toEqual({ outcome: 'refused', says: expect.stringContaining(says) });
    expect(JSON.stringify(await answering(status, body))).not.toContain('secret.py');
  });

  it.each([404, 429, 502, 503])('given status %i, when it is asked, then it throws: the endpoint may come back', async (status) => {
    await expect(answering(status, '')).rejects.toThrow(String(status));
  });

  it('given nobody who listens, when it is asked, then it throws and names the address', async () => {
    const url = await whileListening(
      () => {},
      async (address) => address,
    );
    await expect(httpScorer.score(url, ['x'], [[1]])).rejects.toThrow(url);
  });

  it.skipIf(mlflowBin() === undefined)(
    `given a model behind a real MLflow scoring server, when rows are asked, then its predictions come back (skipped when ${whyNoMlflow})`,
    async () => {
      const server = await startMlflow();
      const { modelUri } = await logLinearModel(server);
      const port = await whileListening(
        () => {},
        async (url) => new URL(url).port,
      );
      const serving = spawn(
        join(server.bin, 'mlflow'),
        ['models', 'serve', '-m', modelUri, '--env-manager', 'local', '-h', '127.0.0.1', '-p', port],
        {
          detached: true,
          stdio: 'ignore',
          env: { ...process.env, PATH: `${server.bin}${delimiter}${process.env.PATH}`, MLFLOW_TRACKING_URI: server.trackingUri },
        },
      );
      try {
        const url = `http://127.0.0.1:${port}/invocations`;
        for (let up = false; !up; ) {
          up = await fetch(`http://127.0.0.1:${port}/ping`).then(
            ({ ok }) => ok,
            () => false,
          );
          if (serving.exitCode !== null) throw new Error(`mlflow models serve ended with ${serving.exitCode}`);
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        const answer = await httpScorer.score(
          url,
          ['b', 'a'],
          [
            [1, 10],
            [0.5, 3],
          ],
        );
        if (answer.outcome !== 'answered') throw new Error(answer.says);
        expect(answer.predictions.map((value) => Number(value).toFixed(6))).toEqual(['21.000000', '6.500000']);
        expect((await httpScorer.score(url, ['a'], [[1]])).outcome).toBe('refused');
        expect((await httpScorer.score(url, ['a', 'b'], [['many', 2]])).outcome).toBe('refused');
      } finally {
        process.kill(-(serving.pid as number), 'SIGKILL');
        await server.stop();
      }
    },
    300_000,
  );
});
