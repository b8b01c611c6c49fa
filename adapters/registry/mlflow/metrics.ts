import { z } from 'zod';
import type { Transport } from './transport.ts';

const mostPerRequest = 1000;
const nothing = z.object({});

/** Logs the finite ones in batches of 1,000; names the others. */
export async function logMetrics(
  transport: Transport,
  runId: string,
  metrics: Readonly<Record<string, number>>,
): Promise<{ readonly leftOut: readonly string[] }> {
  const finite = Object.entries(metrics).filter(([, value]) => Number.isFinite(value));
  const timestamp = Date.now();
  for (let first = 0; first < finite.length; first += mostPerRequest) {
    const batch = finite.slice(first, first + mostPerRequest).map(([key, value]) => ({ key, value, timestamp, step: 0 }));
    await transport.post('runs/log-batch', { run_id: runId, metrics: batch }, nothing);
  }
  return { leftOut: Object.keys(metrics).filter((name) => !Number.isFinite(metrics[name])) };
}
