import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { requiredAttributes } from '../../worker/temporal-requirements.ts';
import { type ComposeFile, composeFile } from './compose-schema.ts';

const folder = join(import.meta.dirname, '../../temporal-docker');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const raw = parse(read('compose.yaml'), { merge: true });
const compose: ComposeFile = composeFile.parse(raw);
const services = Object.entries(compose.services);

describe('the compose file', () => {
  it('given a misspelt key, when it is checked, then it is refused', () => {
    const misspelt = structuredClone(raw);
    misspelt.services.mlflow.heathcheck = misspelt.services.mlflow.healthcheck;
    expect(composeFile.safeParse(misspelt).success).toBe(false);
  });

  it.each(services)('given the image of %s, when it is pulled next year, then it is the same: its version is pinned', (_, { image }) => {
    expect(image).toMatch(/^[a-z/-]+:\d+\.\d+(\.\d+)?$/);
  });

  it('given the server and its schema, when one is raised, then the other is too', () => {
    const tag = (name: string) => compose.services[name]?.image.split(':')[1];
    expect(tag('temporal-schema')).toBe(tag('temporal'));
    expect(tag('temporal-namespace')).toBe(tag('temporal'));
  });

  it.each(services)(
    'given %s, when it waits for another, then for the end of a one-shot and the health of a server',
    (_, { depends_on = {} }) => {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        const awaited = compose.services[name];
        expect(awaited, name).toBeDefined();
        const isOneShot = awaited?.restart?.startsWith('on-failure');
        if (condition === 'service_completed_successfully') expect(isOneShot, name).toBe(true);
        if (condition === 'service_healthy') expect(awaited?.healthcheck, name).toBeDefined();
        if (condition === 'service_started') expect(compose.services[_ as string]?.network_mode, name).toBe(`service:${name}`);
      }
    },
  );

  it('given the order of waiting, when it is followed, then it never comes back to where it began', () => {
    const awaits = (name: string): string[] =>
      Object.keys(compose.services[name]?.depends_on ?? {}).flatMap((next) => [next, ...awaits(next)]);
    for (const [name] of services) expect(awaits(name)).not.toContain(name);
  });

  it('given what is mounted, when it is looked for, then it is a declared volume or a file that is here', () => {
    for (const source of services.flatMap(([, { volumes = [] }]) =>
      volumes.map((volume) => volume.replace(/\$\{[^:}]+:-([^}]+)\}/, '$1').split(':')[0] as string),
    )) {
      expect(source in compose.volumes || existsSync(join(folder, source)), source).toBe(true);
    }
  });

  it('given a service that shares the network of another, when it publishes a port, then it does so there', () => {
    for (const [name, { network_mode, ports }] of services) if (network_mode) expect(ports, name).toBeUndefined();
    expect(compose.services.worker?.ports).toEqual(['127.0.0.1:8800:8800']);
    expect(compose.services.gateway?.command).toContain('8800');
  });

  it('given a password, when the file is read, then it is not in it', () => {
    const passwords = services.flatMap(([, service]) =>
      Object.entries(service.environment ?? {}).filter(([name]) => /PASSWORD|PWD/.test(name)),
    );
    expect(passwords.length).toBeGreaterThan(0);
    for (const [, value] of passwords) expect(value).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
  });

  it('given our queues, when the workers are counted together, then each queue has one', () => {
    const queues = services.flatMap(
      ([, { command = [] }]) => command[command.indexOf('--queues') + 1]?.split(',').filter(() => command.includes('--queues')) ?? [],
    );
    expect(queues.sort()).toEqual(['contain', 'control', 'heavy', 'train', 'watch']);
  });
});

describe('what the containers run', () => {
  it('given the search attributes a worker asks for, when the namespace is made, then it has them all and a long retention', () => {
    const script = read('temporal/namespace.sh');
    for (const attribute of requiredAttributes) expect(script).toContain(`--name ${attribute} --type Keyword`);
    expect(script).toContain('--retention 90d');
  });

  it('given the image of our programs, when it is built, then from pinned bases and the same Python requirements as set-up', () => {
    const file = read('Dockerfile');
    for (const [, base] of file.matchAll(/^FROM (\S+)/gm)) expect(base).toMatch(/^node:\d+\.\d+-[a-z-]+$/);
    expect(file).toContain('scripts/provision/requirements.txt');
    expect(read('../package.json')).toContain(`"version": "${compose.services.worker?.image.split(':')[1]}"`);
  });
});
