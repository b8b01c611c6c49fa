import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { answers } from '../../adapters/serving/answers.ts';
import type { Roots } from '../../worker/roots.ts';
import type { Part } from './part.ts';
import { StackFailure } from './stack-failure.ts';

/** MLflow's server on a SQLite file and an artifact folder: one worker and no job runner, 2 processes and 370 MB instead of 16 and 2.5 GB. */
export function mlflowPart(roots: Roots, pythonBin: string, env: NodeJS.ProcessEnv, port: number): Part {
  const program = join(pythonBin, 'mlflow');
  if (!existsSync(program))
    throw new StackFailure(`There is no MLflow in ${pythonBin}. Run: node ${join(roots.packageRoot, 'scripts/setup.mjs')}`);
  return {
    name: 'mlflow',
    file: program,
    arguments: [
      ...['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
      ...['--backend-store-uri', `sqlite:///${join(roots.stateRoot, 'mlflow.db')}`],
      ...['--artifacts-destination', join(roots.stateRoot, 'artifacts')],
    ],
    environment: {
      MLFLOW_DISABLE_TELEMETRY: 'true',
      ...env,
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
      PATH: `${pythonBin}${delimiter}${env.PATH ?? ''}`,
    },
    keptWhenFound: true,
    readyWithinSeconds: 180,
    graceSeconds: 10,
    isReady: () => answers(`http://127.0.0.1:${port}/health`),
  };
}
