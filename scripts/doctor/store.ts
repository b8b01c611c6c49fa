import type { Configuration } from '../../worker/configuration.ts';
import { openStore } from '../../worker/open-store.ts';
import { type Finding, ill, well } from './finding.ts';

/** Always the same key, so that nothing gathers however often one looks. */
const key = 'doctor/probe';

/** Writes the probe twice: the second writer must be told that it exists, or decisions could be overwritten. */
export async function lookAtStore(configuration: Configuration, env: NodeJS.ProcessEnv): Promise<Finding> {
  const { store, roots } = configuration;
  const name = store.kind === 'file' ? `${roots.stateRoot}/store` : `s3://${store.bucket}/${store.prefix}`;
  try {
    const { store: opened, warning } = await openStore(configuration, env);
    if (warning) return ill('Store', warning, 'use a server that honours If-None-Match');
    await opened.put(key, Buffer.from('first'));
    const second = await opened.put(key, Buffer.from('second'));
    const kept = Buffer.from((await opened.get(key)) ?? []).toString();
    if (second === 'existed' && kept === 'first') return well('Store', `${name}: what is written once is kept`);
    return ill('Store', `${name} overwrites what was written once`, 'put the store on a file system with hard links, or in a bucket');
  } catch (fault) {
    return ill(
      'Store',
      `${name}: ${(fault as Error).message}`,
      store.kind === 'file' ? 'see "State folder"' : 'store.* in anchorwatch.config.yaml, and the rights of its key',
    );
  }
}
