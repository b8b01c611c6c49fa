import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { TrainingOutput } from '../../../domain/training/trainer.port.ts';

const resultSchema = z.strictObject({
  modelUri: z.string().regex(/^(models:\/m-[\w-]+|runs:\/\w+\/.+)$/, 'must be models:/m-… or runs:/<run>/<path>'),
  metrics: z.record(z.string().min(1), z.number('must be a finite number')),
});

/** Reads and checks `result.json`: training contract, version 1. */
export async function readTrainingOutput(path: string): Promise<TrainingOutput> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { state: 'missing', path };
  const document = parsed(text);
  if (document === undefined) return { state: 'invalid', path, problems: ['it is not JSON (NaN and Infinity are not JSON either)'] };
  const checked = resultSchema.safeParse(document);
  if (checked.success) return { state: 'written', result: checked.data };
  return { state: 'invalid', path, problems: checked.error.issues.map(({ path: at, message }) => `${at.join('.') || 'it'}: ${message}`) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
