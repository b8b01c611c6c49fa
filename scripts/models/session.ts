import { userInfo } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { isModelName, type ModelName } from '../../domain/identity/names.ts';
import { type Configuration, loadConfiguration } from '../../worker/configuration.ts';
import { openPorts, type Ports } from '../../worker/ports.ts';
import { temporalConnectionOptions } from '../../worker/temporal-connection.ts';
import type { Place } from '../../workflows/place.ts';

/** What a command needs: the configuration, Temporal, and the ports. */
export interface Session {
  readonly configuration: Configuration;
  readonly place: Place;
  readonly client: Client;
  readonly ports: Ports;
}

/**
 * Runs a command's work with a connection to Temporal, and closes it.
 * @throws Error naming the address and the remedy when Temporal does not answer
 */
export async function inSession<T>(
  work: (session: Session) => Promise<T>,
  env: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): Promise<T> {
  const configuration = loadConfiguration({ cwd, env });
  const ports = await openPorts(configuration, env, (says) => console.error(says));
  const connection = await connect(configuration, env);
  try {
    const client = new Client({ connection, namespace: configuration.temporal.namespace });
    return await work({ configuration, place: placeOf(configuration), client, ports });
  } finally {
    await connection.close();
  }
}

export function placeOf({ installation, temporal }: Configuration): Place {
  return { installation, searchAttributes: temporal.searchAttributes };
}

async function connect({ temporal }: Configuration, env: NodeJS.ProcessEnv): Promise<Connection> {
  try {
    return await Connection.connect({ ...(await temporalConnectionOptions(temporal, env)), connectTimeout: '5 seconds' });
  } catch (error) {
    const remedy =
      temporal.origin === 'configured'
        ? 'Check the address and the network: anchorwatch doctor'
        : 'Start the embedded stack: anchorwatch up';
    throw new Error(`Temporal does not answer at ${temporal.address} (${(error as Error).message}). ${remedy}`);
  }
}

/** @throws Error naming the rule */
export function readModelName(text: string): ModelName {
  if (isModelName(text)) return text;
  throw new Error(`"${text}" is no model name: small letters, digits and hyphens, beginning with a letter, at most 40.`);
}

/** Who gives a command, for the audit chain: the name of the account, unless ANCHORWATCH_USER says another. */
export function whoAmI(env: NodeJS.ProcessEnv = process.env): string {
  return env.ANCHORWATCH_USER || userInfo().username;
}
