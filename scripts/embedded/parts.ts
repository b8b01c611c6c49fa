import { delimiter } from 'node:path';
import type { Configuration } from '../../worker/configuration.ts';
import type { StackAddresses } from '../../worker/stack-record.ts';
import { gatewayPart } from './gateway-part.ts';
import { mlflowPart } from './mlflow-part.ts';
import type { Part } from './part.ts';
import { portOf } from './ports.ts';
import { temporalPart } from './temporal-part.ts';
import { workerPart } from './worker-part.ts';

/** The servers that are ours to run: those whose address nobody configured. */
export async function embeddedServers(
  configuration: Configuration,
  addresses: StackAddresses,
  env: NodeJS.ProcessEnv,
): Promise<readonly Part[]> {
  const { roots, temporal, mlflow, gateway, pythonBin } = configuration;
  const port = (part: keyof StackAddresses) => portOf(addresses[part]) as number;
  const own = childEnvironment(configuration, env);
  return [
    ...(temporal.origin === 'configured' ? [] : [await temporalPart(roots, env, port('temporal'), port('temporalUi'))]),
    ...(mlflow.origin === 'configured' ? [] : [mlflowPart(roots, pythonBin, env, port('mlflow'))]),
    ...(gateway.origin === 'configured' ? [] : [gatewayPart(roots.stateRoot, own, port('gateway'))]),
  ];
}

/** Two processes, so that counting and preparation never take time from workflows and rollbacks. */
export function embeddedWorkers(configuration: Configuration, env: NodeJS.ProcessEnv): readonly Part[] {
  const own = childEnvironment(configuration, env);
  return [
    workerPart('worker', ['control', 'contain', 'watch', 'train'], configuration, own),
    workerPart('heavy-worker', ['heavy'], configuration, own),
  ];
}

/** Every process sees the same state folder, and the Python that set-up made before any other. */
function childEnvironment({ roots, pythonBin }: Configuration, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, ANCHORWATCH_STATE: roots.stateRoot, PATH: `${pythonBin}${delimiter}${env.PATH ?? ''}` };
}
