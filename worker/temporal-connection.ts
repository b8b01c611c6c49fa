import { readFile } from 'node:fs/promises';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { resolveSecret } from '../adapters/secret/resolve.ts';
import type { TemporalConfiguration } from './configuration.ts';

/**
 * Options for `Connection.connect` and `NativeConnection.connect`. Secrets are resolved here, in the process that connects.
 * An API key turns TLS on unless TLS is said to be off.
 */
export async function temporalConnectionOptions(temporal: TemporalConfiguration, env: NodeJS.ProcessEnv): Promise<NativeConnectionOptions> {
  const { connectionOptions } = loadClientConnectConfig({
    disableFile: temporal.profile === undefined && !env.TEMPORAL_CONFIG_FILE,
    overrideEnvVars: env as Record<string, string>,
    ...(temporal.profile && { profile: temporal.profile }),
  });
  const apiKey = temporal.apiKey && resolveSecret(temporal.apiKey, env);
  const tls = await tlsOf(temporal.tls, env);
  return {
    ...(apiKey !== undefined && { apiKey, tls: true }),
    ...(tls !== undefined && { tls }),
    ...definedOf(connectionOptions),
    address: temporal.address,
  };
}

async function tlsOf(tls: TemporalConfiguration['tls'], env: NodeJS.ProcessEnv): Promise<NativeConnectionOptions['tls']> {
  if (tls === undefined || typeof tls === 'boolean') return tls;
  const key = tls.clientKey && resolveSecret(tls.clientKey, env);
  const [ca, certificate] = await Promise.all([
    tls.serverCa && readFile(tls.serverCa),
    tls.clientCertificate && readFile(tls.clientCertificate),
  ]);
  return {
    ...(tls.serverName && { serverNameOverride: tls.serverName }),
    ...(ca && { serverRootCACertificate: ca }),
    ...(certificate && key && { clientCertPair: { crt: certificate, key: Buffer.from(key) } }),
  };
}

function definedOf<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
