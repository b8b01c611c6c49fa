import { Connection } from '@temporalio/client';
import { answers } from '../../adapters/serving/answers.ts';
import type { Configuration, Origin } from '../../worker/configuration.ts';
import { mlflowAuthorization } from '../../worker/mlflow-authorization.ts';
import { temporalConnectionOptions } from '../../worker/temporal-connection.ts';
import { temporalShortcomings } from '../../worker/temporal-readiness.ts';
import { type Finding, idle, ill, well } from './finding.ts';

/** One finding when all is well or nothing answers; one per shortcoming otherwise. */
export async function lookAtTemporal({ temporal }: Configuration, env: NodeJS.ProcessEnv, isUp: boolean): Promise<readonly Finding[]> {
  const part = 'Temporal';
  if (!isUp && temporal.origin !== 'configured') return [notStarted(part, 'TEMPORAL_ADDRESS')];
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ ...(await temporalConnectionOptions(temporal, env)), connectTimeout: 5_000 });
    const shortcomings = await temporalShortcomings(connection, temporal);
    return shortcomings.length === 0
      ? [well(part, `${temporal.address}, namespace ${temporal.namespace}`)]
      : shortcomings.map(({ says, remedy }) => ill(part, says, remedy));
  } catch (fault) {
    return [
      absent(
        part,
        temporal.origin,
        `${temporal.address} does not answer: ${(fault as Error).message}`,
        'temporal.address, TLS and API key in anchorwatch.config.yaml or TEMPORAL_*',
      ),
    ];
  } finally {
    await connection?.close();
  }
}

export async function lookAtMlflow({ mlflow }: Configuration, env: NodeJS.ProcessEnv, isUp: boolean): Promise<Finding> {
  const part = 'MLflow';
  if (!isUp && mlflow.origin !== 'configured') return notStarted(part, 'MLFLOW_TRACKING_URI');
  try {
    const authorization = await mlflowAuthorization(mlflow.auth, env)();
    const answer = await fetch(`${mlflow.trackingUri}/api/2.0/mlflow/experiments/get-by-name?experiment_name=Default`, {
      signal: AbortSignal.timeout(5_000),
      headers: authorization ? { authorization } : {},
    });
    await answer.body?.cancel();
    if (answer.status === 401 || answer.status === 403) {
      return ill(
        part,
        `${mlflow.trackingUri} refuses us (${answer.status})`,
        'mlflow.auth in anchorwatch.config.yaml, or MLFLOW_TRACKING_TOKEN',
      );
    }
    if (answer.status < 500) return well(part, mlflow.trackingUri);
    return ill(part, `${mlflow.trackingUri} answers ${answer.status}`, "read the server's log");
  } catch (fault) {
    const cause = ((fault as Error).cause as { code?: string } | undefined)?.code ?? (fault as Error).message;
    return absent(
      part,
      mlflow.origin,
      `${mlflow.trackingUri} does not answer: ${cause}`,
      'mlflow.trackingUri in anchorwatch.config.yaml, or MLFLOW_TRACKING_URI',
    );
  }
}

export async function lookAtGateway({ gateway }: Configuration, isUp: boolean): Promise<Finding> {
  const part = 'Gateway';
  if (!isUp && gateway.origin !== 'configured') return notStarted(part, 'ANCHORWATCH_GATEWAY');
  if (await answers(`${gateway.url}/healthz`)) return well(part, gateway.url);
  return absent(part, gateway.origin, `${gateway.url} does not answer`, 'gateway.url in anchorwatch.config.yaml, or ANCHORWATCH_GATEWAY');
}

/** What nobody configured and nobody started is no fault. What else may answer at the usual address is somebody else's. */
function notStarted(part: string, variable: string): Finding {
  return idle(part, 'not started', `anchorwatch up, or name your own: ${variable}`);
}

function absent(part: string, origin: Origin, says: string, where: string): Finding {
  return ill(part, says, origin === 'configured' ? `start it, or mend ${where}` : 'its log is under logs/ in the state folder');
}
