import { resolveSecret } from '../adapters/secret/resolve.ts';
import type { MlflowAuth } from './configuration.ts';

/** MLflow's own variables for programs that talk to it themselves; resolved when one is started, kept only in its environment. */
export function mlflowCredentials(auth: MlflowAuth | undefined, env: NodeJS.ProcessEnv): () => Promise<Readonly<Record<string, string>>> {
  return async () => {
    if (auth === undefined) return {};
    if ('token' in auth) return { MLFLOW_TRACKING_TOKEN: resolveSecret(auth.token, env) };
    return { MLFLOW_TRACKING_USERNAME: auth.username, MLFLOW_TRACKING_PASSWORD: resolveSecret(auth.password, env) };
  };
}
