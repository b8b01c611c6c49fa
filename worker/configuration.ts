import { resolve } from 'node:path';
import { loadClientConfigProfile } from '@temporalio/envconfig';
import type { SecretName } from '../domain/policy/policy.ts';
import { type ConfigurationFile, readConfigurationFile } from './configuration-file.ts';
import { ConfigurationProblem } from './configuration-problem.ts';
import { pythonFolder, type Roots, rootsOf } from './roots.ts';
import { readStackRecord } from './stack-record.ts';

export type MlflowAuth = { readonly token: SecretName } | { readonly username: string; readonly password: SecretName };

export type StoreConfiguration =
  | { readonly kind: 'file' }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly endpoint?: string;
      readonly region: string;
      /** Put before every key; empty, or ends with a slash. */
      readonly prefix: string;
      /** Absent: the driver's own chain (environment, profile, machine role). */
      readonly accessKeyId?: SecretName;
      readonly secretAccessKey?: SecretName;
    };

export type ServingConfiguration = { readonly kind: 'mlflow' } | { readonly kind: 'endpoints'; readonly urlTemplate: string };

/** `embedded`: the address was recorded by `anchorwatch up`; `usual`: nobody said anything. */
export type Origin = 'configured' | 'embedded' | 'usual';

export interface TemporalConfiguration {
  /** host:port */
  readonly address: string;
  readonly namespace: string;
  readonly origin: Origin;
  /** Off where nobody may register search attributes; lists by attribute are then missing. */
  readonly searchAttributes: boolean;
  /** A profile of Temporal's own configuration file. */
  readonly profile?: string;
  readonly apiKey?: SecretName;
  readonly tls?:
    | boolean
    | { readonly serverName?: string; readonly serverCa?: string; readonly clientCertificate?: string; readonly clientKey?: SecretName };
}

/** Where everything is. Holds names of secrets, never secrets: it may be printed. */
export interface Configuration {
  readonly roots: Roots;
  /** Put before workflow ids and task queues, so that several installations share a namespace. */
  readonly installation: string;
  readonly temporal: TemporalConfiguration;
  readonly mlflow: { readonly trackingUri: string; readonly origin: Origin; readonly auth?: MlflowAuth };
  readonly store: StoreConfiguration;
  readonly serving: ServingConfiguration;
  readonly gateway: { readonly url: string; readonly origin: Origin };
  /** Folder of `python` and `mlflow`; goes first on PATH of training programs and model servers. */
  readonly pythonBin: string;
}

/**
 * The deployment's configuration: environment before `anchorwatch.config.yaml` before what the embedded stack recorded before the usual.
 * @throws ConfigurationProblem with every fault of the file
 */
export function loadConfiguration({ cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Configuration {
  const roots = rootsOf(cwd, env);
  const file = readConfigurationFile(cwd);
  const stack = readStackRecord(roots.stateRoot)?.addresses;
  const mlflow = from(env.MLFLOW_TRACKING_URI || file.mlflow?.trackingUri, stack?.mlflow, 'http://127.0.0.1:5000');
  const gateway = from(env.ANCHORWATCH_GATEWAY || file.gateway?.url, stack?.gateway, 'http://127.0.0.1:8800');
  const auth = mlflowAuth(env, file);
  return {
    roots,
    installation: env.ANCHORWATCH_INSTALLATION || file.installation || 'anchorwatch',
    temporal: temporal(env, file, stack?.temporal),
    mlflow: { trackingUri: mlflow.value, origin: mlflow.origin, ...(auth && { auth }) },
    store: store(file),
    serving: file.serving ?? { kind: 'mlflow' },
    gateway: { url: gateway.value, origin: gateway.origin },
    pythonBin: env.ANCHORWATCH_PYTHON_BIN || (file.python ? resolve(cwd, file.python.bin) : `${pythonFolder(roots)}/bin`),
  };
}

function from(configured: string | undefined, embedded: string | undefined, usual: string): { value: string; origin: Origin } {
  if (configured) return { value: configured, origin: 'configured' };
  return embedded ? { value: embedded, origin: 'embedded' } : { value: usual, origin: 'usual' };
}

/** Temporal's own TOML file counts only where a profile or the file is named: a forgotten default must not draw an embedded stack away. */
function temporal(env: NodeJS.ProcessEnv, file: ConfigurationFile, embedded: string | undefined): TemporalConfiguration {
  const profile = env.TEMPORAL_PROFILE || file.temporal?.profile;
  const named = loadProfile(env, profile);
  const address = from(named.address || file.temporal?.address, embedded, '127.0.0.1:7233');
  const { apiKey, tls } = file.temporal ?? {};
  return {
    address: address.value,
    origin: address.origin,
    namespace: named.namespace || file.temporal?.namespace || 'anchorwatch',
    searchAttributes: (env.ANCHORWATCH_SEARCH_ATTRIBUTES || file.temporal?.searchAttributes || 'on') !== 'off',
    ...(profile && { profile }),
    ...(apiKey && { apiKey }),
    ...(tls !== undefined && { tls: tls as NonNullable<TemporalConfiguration['tls']> }),
  };
}

function loadProfile(env: NodeJS.ProcessEnv, profile: string | undefined): { address?: string; namespace?: string } {
  try {
    return loadClientConfigProfile({
      disableFile: profile === undefined && !env.TEMPORAL_CONFIG_FILE,
      overrideEnvVars: env as Record<string, string>,
      ...(profile && { profile }),
    });
  } catch (fault) {
    throw new ConfigurationProblem(`Temporal's configuration: ${(fault as Error).message}. Mend the file, or the variables TEMPORAL_*.`);
  }
}

/** MLflow's own variables are honoured as names of secrets, so their values stay where they are. */
function mlflowAuth(env: NodeJS.ProcessEnv, file: ConfigurationFile): MlflowAuth | undefined {
  if (env.MLFLOW_TRACKING_TOKEN) return { token: 'env:MLFLOW_TRACKING_TOKEN' as SecretName };
  if (env.MLFLOW_TRACKING_USERNAME && env.MLFLOW_TRACKING_PASSWORD) {
    return { username: env.MLFLOW_TRACKING_USERNAME, password: 'env:MLFLOW_TRACKING_PASSWORD' as SecretName };
  }
  return file.mlflow?.auth;
}

function store(file: ConfigurationFile): StoreConfiguration {
  if (file.store?.kind !== 's3') return { kind: 'file' };
  const { prefix, ...rest } = file.store;
  return {
    ...(rest as Extract<StoreConfiguration, { kind: 's3' }>),
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
  };
}
