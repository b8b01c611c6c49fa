import { resolveSecret } from '../adapters/secret/resolve.ts';
import type { MlflowAuth } from './configuration.ts';

/** The Authorization header for MLflow, resolved anew at each call so that a rotated secret is taken up; undefined without one. */
export function mlflowAuthorization(auth: MlflowAuth | undefined, env: NodeJS.ProcessEnv): () => Promise<string | undefined> {
  return async () => {
    if (auth === undefined) return undefined;
    if ('token' in auth) return `Bearer ${resolveSecret(auth.token, env)}`;
    return `Basic ${Buffer.from(`${auth.username}:${resolveSecret(auth.password, env)}`).toString('base64')}`;
  };
}
