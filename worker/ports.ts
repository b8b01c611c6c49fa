import { createMlflowRegistry } from '../adapters/registry/mlflow/mlflow-registry.ts';
import { createGatewayRouter } from '../adapters/router/gateway/router.ts';
import { createEndpointServing } from '../adapters/serving/endpoint/endpoint-serving.ts';
import { createMlflowServing } from '../adapters/serving/mlflow/mlflow-serving.ts';
import { createArtefacts } from '../adapters/store/artefacts.ts';
import { createRowArchive } from '../adapters/store/row-archive.ts';
import type { RowArchive } from '../domain/ledger/row-archive.port.ts';
import type { Registry } from '../domain/registry/registry.port.ts';
import type { Serving } from '../domain/serving/serving.port.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';
import type { Store } from '../domain/store/store.port.ts';
import type { Router } from '../domain/traffic/router.port.ts';
import type { Configuration } from './configuration.ts';
import { mlflowAuthorization } from './mlflow-authorization.ts';
import { mlflowCredentials } from './mlflow-credentials.ts';
import { openStore } from './open-store.ts';

/** The outside, as a configuration says: what workers, commands and the demo share. */
export interface Ports {
  readonly store: Store;
  readonly artefacts: Artefacts;
  readonly rows: RowArchive;
  readonly registry: Registry;
  readonly router: Router;
  readonly serving: Serving;
}

/** @param warn told what an operator should know of a server that gives less than it should */
export async function openPorts(configuration: Configuration, env: NodeJS.ProcessEnv, warn: (says: string) => void): Promise<Ports> {
  const { store, warning } = await openStore(configuration, env);
  if (warning) warn(warning);
  const { trackingUri, auth } = configuration.mlflow;
  return {
    store,
    artefacts: createArtefacts(store),
    rows: createRowArchive(store),
    registry: createMlflowRegistry({ trackingUri, authorization: mlflowAuthorization(auth, env) }),
    router: createGatewayRouter({ url: configuration.gateway.url }),
    serving: openServing(configuration, env),
  };
}

function openServing({ serving, roots, mlflow, pythonBin }: Configuration, env: NodeJS.ProcessEnv): Serving {
  if (serving.kind === 'endpoints') return createEndpointServing({ stateRoot: roots.stateRoot, urlTemplate: serving.urlTemplate });
  return createMlflowServing({
    stateRoot: roots.stateRoot,
    trackingUri: mlflow.trackingUri,
    pathPrefix: pythonBin,
    credentials: mlflowCredentials(mlflow.auth, env),
  });
}
