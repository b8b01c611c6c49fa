import { eventTime } from '../../domain/identity/event-time.ts';
import type { EffectKey, ModelName } from '../../domain/identity/names.ts';
import type { TrainingProgram } from '../../domain/training/trainer.port.ts';

export const key = '2011-05-09T03:00:00.000Z-0123456789ab/train' as EffectKey;

/** A training program that runs a shell command in the folder. */
export function programOf(command: string, folder: string, timeLimitSeconds = 120): TrainingProgram {
  const mlflow = { trackingUri: 'http://127.0.0.1:9', runId: 'r1' };
  return {
    command,
    folder,
    timeLimitSeconds,
    environment: { MLFLOW_RUN_ID: mlflow.runId },
    manifest: {
      contract: 1,
      key,
      model: 'bike-demand' as ModelName,
      task: 'regression',
      strategy: 'full',
      asOf: eventTime('2011-05-09'),
      data: { train: 'train.parquet', validation: 'validation.parquet', test: 'test.parquet' },
      columns: { id: 'hour_id', time: 'time', label: 'demand', weight: 'weight', features: ['temp'] },
      parameters: {},
      timeLimitSeconds,
      mlflow,
    },
  };
}

/** Shell words that write `result.json` where the manifest says. */
export function writesResult(json: string): string {
  const write = `require("fs").writeFileSync(JSON.parse(require("fs").readFileSync(process.env.ANCHORWATCH_MANIFEST)).resultPath, ${JSON.stringify(json)})`;
  return `'${process.execPath}' -e '${write}'`;
}
