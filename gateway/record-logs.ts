import { join } from 'node:path';
import type { ModelName } from '../domain/identity/names.ts';
import type { Counters } from './counters.ts';
import { RecordLog } from './record-log.ts';

/** The logs of all models that have, or are about to get, a routing table. */
export interface RecordLogs {
  get(model: string): RecordLog | undefined;
  open(model: ModelName): Promise<RecordLog>;
  all(): readonly (readonly [ModelName, RecordLog])[];
}

export function createRecordLogs(folder: string, counters: Counters): RecordLogs {
  const opening = new Map<ModelName, Promise<RecordLog>>();
  const logs = new Map<string, RecordLog>();
  const open = async (model: ModelName) => {
    const log = await RecordLog.open(model, join(folder, model), counters);
    logs.set(model, log);
    return log;
  };
  return {
    get: (model) => logs.get(model),
    open(model) {
      const log = opening.get(model) ?? open(model);
      opening.set(model, log);
      log.catch(() => opening.delete(model));
      return log;
    },
    all: () => [...logs].map(([model, log]) => [model as ModelName, log] as const),
  };
}
