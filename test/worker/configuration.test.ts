import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../worker/configuration.ts';
import { mlflowAuthorization } from '../../worker/mlflow-authorization.ts';
import { writeStackRecord } from '../../worker/stack-record.ts';
import { temporalConnectionOptions } from '../../worker/temporal-connection.ts';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'anchorwatch-configuration-'));
});

afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const load = (env: NodeJS.ProcessEnv = {}) => loadConfiguration({ cwd, env });
const write = (text: string) => writeFileSync(join(cwd, 'anchorwatch.config.yaml'), text);

const addresses = {
  temporal: '127.0.0.1:4001',
  temporalUi: 'http://127.0.0.1:4002',
  mlflow: 'http://127.0.0.1:4003',
  gateway: 'http://127.0.0.1:4004',
};

async function recordStack(): Promise<void> {
  mkdirSync(join(cwd, '.anchorwatch'), { recursive: true });
  await writeStackRecord(join(cwd, '.anchorwatch'), { schemaVersion: 1, addresses, processes: {} });
}

describe('where things are', () => {
  it('given nothing at all, when it is loaded, then everything is usual and in three folders', () => {
    const configuration = load({ XDG_CACHE_HOME: '/cache' });
    expect(configuration).toMatchObject({
      roots: { stateRoot: join(cwd, '.anchorwatch'), cacheRoot: '/cache/anchorwatch' },
      installation: 'anchorwatch',
      temporal: { address: '127.0.0.1:7233', namespace: 'anchorwatch', origin: 'usual', searchAttributes: true },
      mlflow: { trackingUri: 'http://127.0.0.1:5000', origin: 'usual' },
      store: { kind: 'file' },
      serving: { kind: 'mlflow' },
    });
    expect(configuration.pythonBin).toMatch(/^\/cache\/anchorwatch\/python-[0-9a-f]{12}\/bin$/);
  });

  it('given a stack that recorded its addresses, when it is loaded, then they stand in for what nobody configured', async () => {
    await recordStack();
    write('mlflow: {trackingUri: "https://mlflow.example.org"}');
    expect(load()).toMatchObject({
      temporal: { address: addresses.temporal, origin: 'embedded' },
      mlflow: { trackingUri: 'https://mlflow.example.org', origin: 'configured' },
      gateway: { url: addresses.gateway, origin: 'embedded' },
    });
  });

  it('given a file and an environment that differ, when it is loaded, then the environment is followed', async () => {
    await recordStack();
    write('installation: blue\ntemporal: {address: "file:7233", namespace: of-file}');
    const env = { TEMPORAL_ADDRESS: 'environment:7233', ANCHORWATCH_INSTALLATION: 'green', ANCHORWATCH_STATE: 'elsewhere' };
    expect(load()).toMatchObject({ installation: 'blue', temporal: { address: 'file:7233', namespace: 'of-file', origin: 'configured' } });
    expect(load(env)).toMatchObject({
      installation: 'green',
      roots: { stateRoot: join(cwd, 'elsewhere') },
      temporal: { address: 'environment:7233', namespace: 'of-file', origin: 'configured' },
    });
  });

  it("given a profile in Temporal's own file, when it is not named, then it is not used; when it is, then it is", () => {
    const toml = join(cwd, 'temporal.toml');
    writeFileSync(toml, '[profile.default]\naddress = "forgotten:7233"\n[profile.cloud]\naddress = "cloud:7233"\nnamespace = "ours"\n');
    expect(load({ XDG_CONFIG_HOME: cwd, HOME: cwd }).temporal.address).toBe('127.0.0.1:7233');
    expect(load({ TEMPORAL_CONFIG_FILE: toml, TEMPORAL_PROFILE: 'cloud' }).temporal).toMatchObject({
      address: 'cloud:7233',
      namespace: 'ours',
    });
  });

  it('given an S3 store, when it is loaded, then its prefix ends with a slash and its keys are names', () => {
    write('store: {kind: s3, bucket: models, prefix: watch, accessKeyId: "env:KEY", secretAccessKey: "file:/run/secret"}');
    expect(load().store).toEqual({
      kind: 's3',
      bucket: 'models',
      prefix: 'watch/',
      region: 'us-east-1',
      accessKeyId: 'env:KEY',
      secretAccessKey: 'file:/run/secret',
    });
  });
});

describe('a file with faults', () => {
  it('given several, when it is loaded, then all are named with their places', () => {
    write(
      'installation: Blue\ntemporal:\n  adress: "x:1"\n  searchAttributes: maybe\nmlflow:\n  trackingUri: https://mlflow.example.org\n  auth: {token: hunter2}\n',
    );
    const message = faultOf(load);
    expect(message).toContain(`${cwd}/anchorwatch.config.yaml:1:15  installation: small letters`);
    expect(message).toContain(`${cwd}/anchorwatch.config.yaml:3:3  temporal.adress is not a key`);
    expect(message).toContain(`${cwd}/anchorwatch.config.yaml:4:21  temporal.searchAttributes: write "on" or "off"`);
    expect(message).toMatch(/:7:\d+ {2}mlflow\.auth/);
    expect(message).toMatch(/4 problems, nothing started\.$/);
    expect(message).not.toContain('hunter2');
  });

  it('given a secret written out, when it is loaded, then it says how a secret is named and does not repeat it', () => {
    write('temporal: {apiKey: hunter2}');
    expect(faultOf(load)).toContain('temporal.apiKey: a secret is given by name: "env:NAME" or "file:PATH"');
    expect(faultOf(load)).not.toContain('hunter2');
  });

  it('given text that is no YAML, when it is loaded, then the place is named', () => {
    write('temporal: {address: "x:1"\nmlflow: }');
    expect(faultOf(load)).toMatch(/anchorwatch\.config\.yaml:2:\d+ {2}/);
  });
});

describe('secrets', () => {
  it('given a token in the environment, when it is loaded, then the configuration holds its name and the header its value', async () => {
    const env = { MLFLOW_TRACKING_TOKEN: 'canary-7f3a' };
    const configuration = load(env);
    expect(JSON.stringify(configuration)).not.toContain('canary-7f3a');
    expect(await mlflowAuthorization(configuration.mlflow.auth, env)()).toBe('Bearer canary-7f3a');
  });

  it('given a user name and a password in a file, when MLflow is asked, then both stand in the header', async () => {
    writeFileSync(join(cwd, 'password'), 'canary-7f3a\n');
    write(`mlflow: {trackingUri: "https://mlflow.example.org", auth: {username: ada, password: "file:${cwd}/password"}}`);
    const header = await mlflowAuthorization(load().mlflow.auth, {})();
    expect(Buffer.from(header?.replace('Basic ', '') ?? '', 'base64').toString()).toBe('ada:canary-7f3a');
  });

  it('given an API key by name, when a connection is made, then it is resolved there and TLS is on', async () => {
    write('temporal: {address: "cloud:7233", apiKey: "env:CLOUD_KEY"}');
    const { temporal } = load();
    expect(JSON.stringify(temporal)).not.toContain('canary-7f3a');
    expect(await temporalConnectionOptions(temporal, { CLOUD_KEY: 'canary-7f3a' })).toMatchObject({
      address: 'cloud:7233',
      apiKey: 'canary-7f3a',
      tls: true,
    });
    await expect(temporalConnectionOptions(temporal, {})).rejects.toThrow(/env:CLOUD_KEY is not set/);
  });

  it('given a client certificate, when a connection is made, then certificate and key are read then', async () => {
    writeFileSync(join(cwd, 'client.pem'), 'certificate');
    write(
      `temporal: {address: "own:7233", tls: {serverName: temporal, clientCertificate: "${cwd}/client.pem", clientKey: "env:CLIENT_KEY"}}`,
    );
    const options = await temporalConnectionOptions(load().temporal, { CLIENT_KEY: 'canary-7f3a' });
    expect(options.tls).toMatchObject({
      serverNameOverride: 'temporal',
      clientCertPair: { crt: Buffer.from('certificate'), key: Buffer.from('canary-7f3a') },
    });
  });
});

function faultOf(act: () => unknown): string {
  try {
    act();
  } catch (fault) {
    return (fault as Error).message;
  }
  throw new Error('It was taken, faults and all.');
}
