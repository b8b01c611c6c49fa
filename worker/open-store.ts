import { join } from 'node:path';
import { resolveSecret } from '../adapters/secret/resolve.ts';
import { createFileStore } from '../adapters/store/file/file-store.ts';
import { openS3Store } from '../adapters/store/s3/s3-store.ts';
import type { Store } from '../domain/store/store.port.ts';
import type { Configuration } from './configuration.ts';

/**
 * The store of the installation.
 *
 * @returns a warning besides when the server guarantees less than the store asks for
 * @throws Error naming the place and the remedy when it cannot be reached
 */
export async function openStore(
  { store, roots }: Pick<Configuration, 'store' | 'roots'>,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly store: Store; readonly warning?: string }> {
  if (store.kind === 'file') return { store: createFileStore(join(roots.stateRoot, 'store')) };

  const { bucket, prefix, region, endpoint, accessKeyId, secretAccessKey } = store;
  return openS3Store({
    bucket,
    prefix,
    region,
    // Servers other than AWS seldom have a host name for each bucket.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(accessKeyId &&
      secretAccessKey && {
        credentials: { accessKeyId: resolveSecret(accessKeyId, env), secretAccessKey: resolveSecret(secretAccessKey, env) },
      }),
  });
}
