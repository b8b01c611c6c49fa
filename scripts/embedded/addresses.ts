import type { Configuration } from '../../worker/configuration.ts';
import type { StackAddresses } from '../../worker/stack-record.ts';
import { portChooser, portOf, usualPorts } from './ports.ts';

/**
 * Where each part shall answer: at its configured address when it is somebody else's; where it answers already when it was found
 * running; else on its recorded port, its usual one or any, whichever is free first.
 */
export async function chooseAddresses(
  { temporal, mlflow, gateway }: Configuration,
  recorded: StackAddresses | undefined,
  running: { readonly temporal: boolean; readonly mlflow: boolean; readonly gateway: boolean },
  ports: 'usual' | 'any',
): Promise<StackAddresses> {
  const choose = portChooser();
  const portFor = async (part: keyof StackAddresses, kept: boolean) => {
    const before = portOf(recorded?.[part]);
    return kept && before !== undefined ? before : choose([before, ports === 'usual' ? usualPorts[part] : undefined]);
  };
  return {
    temporal: temporal.origin === 'configured' ? temporal.address : `127.0.0.1:${await portFor('temporal', running.temporal)}`,
    temporalUi: `http://127.0.0.1:${await portFor('temporalUi', running.temporal)}`,
    mlflow: mlflow.origin === 'configured' ? mlflow.trackingUri : `http://127.0.0.1:${await portFor('mlflow', running.mlflow)}`,
    gateway: gateway.origin === 'configured' ? gateway.url : `http://127.0.0.1:${await portFor('gateway', running.gateway)}`,
  };
}
