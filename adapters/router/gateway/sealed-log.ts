import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EventTime } from '../../../domain/identity/event-time.ts';
import type { ModelName, Version } from '../../../domain/identity/names.ts';
import type { PredictionRecord } from '../../../domain/traffic/record.ts';
import type { SealedLog } from '../../../domain/traffic/sealed-log.port.ts';
import { readSegmentName } from '../../../domain/traffic/segment-name.ts';

const record = z.object({
  id: z.string(),
  model: z.string().transform((name) => name as ModelName),
  time: z.string().transform((time) => time as EventTime),
  unit: z.string(),
  arm: z.enum(['champion', 'candidate']),
  version: z.string().transform((version) => version as Version),
  epoch: z.number(),
  candidateShare: z.number(),
  status: z.number(),
  latencyMilliseconds: z.number(),
  features: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
const watermark = z.object({ asOf: z.string().transform((time) => time as EventTime) });

/** The gateway's sealed segments, read from the folder it writes. */
export function createSealedLog(stateRoot: string): SealedLog {
  const folderOf = (model: ModelName) => join(stateRoot, 'gateway', model);
  return {
    async segmentsAfter(model, segment = '') {
      const names = await orElse(readdir(join(folderOf(model), 'predictions')), []);
      return names.filter((name) => name > segment && readSegmentName(name) !== undefined).sort();
    },
    async read(model, segment) {
      const text = await readFile(join(folderOf(model), 'predictions', segment), 'utf8');
      return text.split('\n').flatMap(recordIn);
    },
    async watermark(model) {
      const text = await orElse(readFile(join(folderOf(model), 'watermark.json'), 'utf8'), undefined);
      return text === undefined ? undefined : watermark.parse(JSON.parse(text)).asOf;
    },
  };
}

function recordIn(line: string): PredictionRecord[] {
  try {
    return [record.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}

/** Nothing there yet is an answer. */
async function orElse<T, D>(reading: Promise<T>, nothing: D): Promise<T | D> {
  return await reading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return nothing;
    throw error;
  });
}
