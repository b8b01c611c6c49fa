import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { createAssessingActivities } from '../activities/assessing.ts';
import { createBaseliningActivities } from '../activities/baselining.ts';
import { allBeating } from '../activities/beating.ts';
import { createCountingActivities } from '../activities/counting.ts';
import { createDecidingActivities } from '../activities/deciding.ts';
import { createFollowingActivities } from '../activities/following.ts';
import { createGatingActivities } from '../activities/gating.ts';
import { createPlanningActivities } from '../activities/planning.ts';
import { createPreparingActivities } from '../activities/preparing.ts';
import { createRecordingActivities } from '../activities/recording.ts';
import { createRegisteringActivities } from '../activities/registering.ts';
import { createRegriddingActivities } from '../activities/regridding.ts';
import { createRoutingActivities } from '../activities/routing.ts';
import { createScoringActivities } from '../activities/scoring.ts';
import { createServingActivities } from '../activities/serving.ts';
import { createTidyingActivities } from '../activities/tidying.ts';
import { createTrainingActivities } from '../activities/training.ts';
import { createWatchingActivities } from '../activities/watching.ts';
import { gitCodeCommit } from '../adapters/code-commit/git/git-code-commit.ts';
import { createDuckdbCounting } from '../adapters/counting/duckdb/counting.ts';
import { createLatestTimes } from '../adapters/counting/duckdb/latest-times.ts';
import { createSlackNotifier } from '../adapters/notifier/slack/slack-notifier.ts';
import { createDuckdbPreparation } from '../adapters/preparation/duckdb/preparation.ts';
import { createSealedLog } from '../adapters/router/gateway/sealed-log.ts';
import { duckdbScoringTables } from '../adapters/scoring-tables/duckdb/duckdb-scoring-tables.ts';
import { resolveSecret } from '../adapters/secret/resolve.ts';
import { httpScorer } from '../adapters/serving/scorer/http-scorer.ts';
import { createSources } from '../adapters/source/sources.ts';
import { createCommandTrainer } from '../adapters/trainer/command/command-trainer.ts';
import type { Queue } from '../domain/identity/workflow-ids.ts';
import type { Configuration } from './configuration.ts';
import { mlflowCredentials } from './mlflow-credentials.ts';
import type { Ports } from './ports.ts';

/** What the worker of each queue can do. `contain` has nothing but what takes a version out of traffic, so that nothing can starve it. */
export function composeActivities(
  configuration: Configuration,
  ports: Ports,
  client: Client,
  env: NodeJS.ProcessEnv,
): Record<Queue, object> {
  const { roots, installation, mlflow, pythonBin } = configuration;
  const { store, artefacts, rows, registry, router, serving } = ports;
  const { stateRoot } = roots;

  const counting = createDuckdbCounting({ store, stateRoot });
  const sources = createSources({
    stateRoot,
    latestTimes: createLatestTimes(),
    pathPrefix: pythonBin,
    cancellation: () => Context.current().cancellationSignal,
  });
  const measured = { artefacts, store, rows, counting, sources, stateRoot };
  const notifier = createSlackNotifier((name) => resolveSecret(name, env));
  const trainer = createCommandTrainer({ stateRoot, pathPrefix: pythonBin, credentials: mlflowCredentials(mlflow.auth, env) });

  const registering = createRegisteringActivities({ registry, artefacts, codeCommit: gitCodeCommit });
  const routing = createRoutingActivities({ router });
  const servingActivities = createServingActivities({ serving });
  return {
    control: allBeating({
      ...createDecidingActivities({ artefacts }),
      ...createFollowingActivities({ client, installation }),
      ...createPlanningActivities({ artefacts }),
      ...createRecordingActivities({ store, artefacts, notifier }),
      ...registering,
      ...routing,
    }),
    contain: { ...allBeating({ ...registering, ...routing }), ...servingActivities },
    watch: {
      ...createWatchingActivities({ artefacts, log: createSealedLog(stateRoot) }),
      ...servingActivities,
      ...allBeating(createTidyingActivities({ client, installation, serving, router, registry, trainer })),
    },
    heavy: allBeating({
      ...createAssessingActivities(measured),
      ...createBaseliningActivities(measured),
      ...createCountingActivities(measured),
      ...createRegriddingActivities(measured),
      ...createPreparingActivities({ ...measured, preparation: createDuckdbPreparation({ store, stateRoot }) }),
      ...createScoringActivities({ artefacts, stateRoot, tables: duckdbScoringTables, scorer: httpScorer }),
      ...createGatingActivities({ artefacts, tables: duckdbScoringTables }),
    }),
    train: createTrainingActivities({ trainer, registry, artefacts, trackingUri: mlflow.trackingUri }),
  };
}
