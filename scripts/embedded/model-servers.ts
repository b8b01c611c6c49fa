import { createMlflowServing, type MlflowServing } from '../../adapters/serving/mlflow/mlflow-serving.ts';
import type { Configuration } from '../../worker/configuration.ts';
import { mlflowCredentials } from '../../worker/mlflow-credentials.ts';

/** The model servers of this state folder; undefined where models are served by somebody else. */
export function modelServers({ serving, roots, mlflow, pythonBin }: Configuration, env: NodeJS.ProcessEnv): MlflowServing | undefined {
  if (serving.kind !== 'mlflow') return undefined;
  return createMlflowServing({
    stateRoot: roots.stateRoot,
    trackingUri: mlflow.trackingUri,
    pathPrefix: pythonBin,
    credentials: mlflowCredentials(mlflow.auth, env),
  });
}
