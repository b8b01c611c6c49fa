import { z } from 'zod';
import type { Answer, Scorer, ScorerAnswer } from '../../../domain/serving/scorer.port.ts';

const timeoutMilliseconds = 120_000;
const plainValue = z.union([z.number(), z.string(), z.boolean()]);
const scored = z.strictObject({ prediction: plainValue, score: z.number() });
const answer = z.object({ predictions: z.array(z.unknown()) });
const refusal = z.object({ message: z.string() });
/** The model is there and choked on the rows; any other status says that it is not there, or not for us. */
const refusedStatuses: ReadonlySet<number> = new Set([400, 413, 422, 500]);

/** A scorer over MLflow's scoring protocol: `{"dataframe_split": {columns, data}}` → `{"predictions": […]}`. */
export const httpScorer: Scorer = {
  async score(url, columns, rows) {
    const response = await post(url, JSON.stringify({ dataframe_split: { columns, data: rows } }));
    const body = parsed(await response.text());
    if (response.ok) return readPredictions(body);
    if (!refusedStatuses.has(response.status)) {
      throw new Error(`The endpoint ${url} answered ${response.status}. Start it, or mend its address; scoring waits for it.`);
    }
    const told = refusal.safeParse(body);
    const firstLine = told.success ? (told.data.message.split('\n')[0] ?? '') : 'no reason given';
    return { outcome: 'refused', says: `${response.status}: ${firstLine.slice(0, 300)}` };
  },
};

async function post(url: string, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
  } catch (cause) {
    throw new Error(`The endpoint ${url} does not answer. Start it, or mend its address; scoring waits for it.`, { cause });
  }
}

function readPredictions(body: unknown): ScorerAnswer {
  const told = answer.safeParse(body);
  if (!told.success) return { outcome: 'refused', says: 'the answer is not {"predictions": […]} in valid JSON' };
  return { outcome: 'answered', predictions: told.data.predictions.map(asPrediction) };
}

/** Models answer a plain value, a list of one, a record of one, or a record of prediction and score. */
function asPrediction(prediction: unknown): Answer | undefined {
  const withScore = scored.safeParse(prediction);
  if (withScore.success) return withScore.data;
  const wrapped = typeof prediction === 'object' && prediction !== null ? Object.values(prediction) : [prediction];
  const value = plainValue.safeParse(wrapped[0]);
  return wrapped.length === 1 && value.success ? value.data : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
