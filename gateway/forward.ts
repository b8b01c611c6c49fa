import { Agent, request } from 'undici';
import { isRecord } from '../domain/traffic/reading.ts';
import type { Features, Prediction } from '../domain/traffic/record.ts';
import type { Arm } from '../domain/traffic/routing-table.ts';

export type Attempt =
  | { readonly status: 200; readonly prediction: Prediction; readonly milliseconds: number }
  | { readonly status: 502 | 504; readonly error: string; readonly milliseconds: number };

/** Asks arms for predictions, one row at a time, over kept-alive connections. */
export interface Forwarder {
  ask(arm: Arm, features: Features): Promise<Attempt>;
  close(): Promise<void>;
}

/** An attempt goes on when the caller has left: an arm that loses its slowest requests would look better than it is. */
export function createForwarder(timeoutMilliseconds: number): Forwarder {
  const agent = new Agent({ connections: 64, keepAliveTimeout: 30_000 });
  return {
    async ask(arm, features) {
      const began = performance.now();
      const answer = await attempt(agent, arm, features, timeoutMilliseconds);
      return { ...answer, milliseconds: Math.round((performance.now() - began) * 1000) / 1000 };
    },
    close: () => agent.destroy(),
  };
}

type Answer = { readonly status: 200; readonly prediction: Prediction } | { readonly status: 502 | 504; readonly error: string };

async function attempt(agent: Agent, arm: Arm, features: Features, timeoutMilliseconds: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const { statusCode, body } = await request(arm.url, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ dataframe_split: { columns: Object.keys(features), data: [Object.values(features)] } }),
      signal,
    });
    const text = await body.text();
    if (statusCode !== 200) return { status: 502, error: `the ${arm.arm} (version ${arm.version}) answered ${statusCode}` };
    const prediction = predictionIn(text);
    if (prediction !== undefined) return { status: 200, prediction };
    return { status: 502, error: `the ${arm.arm} (version ${arm.version}) answered without a single finite prediction` };
  } catch (error) {
    if (signal.aborted) return { status: 504, error: `the ${arm.arm} (version ${arm.version}) took longer than ${timeoutMilliseconds} ms` };
    return { status: 502, error: `the ${arm.arm} (version ${arm.version}) was not reached: ${reasonOf(error)}` };
  }
}

function predictionIn(text: string): Prediction | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(answer) || !Array.isArray(answer.predictions) || answer.predictions.length !== 1) return undefined;
  const [first] = answer.predictions;
  const prediction = isRecord(first) ? first.prediction : first;
  return typeof prediction === 'string' || typeof prediction === 'boolean' || Number.isFinite(prediction) ? prediction : undefined;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? String(error);
}
