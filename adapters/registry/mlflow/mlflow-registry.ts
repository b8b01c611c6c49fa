import type { Registry } from '../../../domain/registry/registry.port.ts';
import { moveAliases, readAliases } from './aliases.ts';
import { logArtifact } from './artifacts.ts';
import { logMetrics } from './metrics.ts';
import { describeVersion, findVersion, register, tagVersion } from './model-versions.ts';
import { endRun, ensureRun } from './runs.ts';
import { createTransport, type MlflowConnection } from './transport.ts';

/** A registry on an MLflow 3 server. A model's runs are in the experiment of its name. */
export function createMlflowRegistry(connection: MlflowConnection): Registry {
  const transport = createTransport(connection);
  return {
    ensureRun: (model, key, tags) => ensureRun(transport, model, key, tags),
    endRun: (runId, status) => endRun(transport, runId, status),
    logMetrics: (runId, metrics) => logMetrics(transport, runId, metrics),
    logArtifact: (runId, path, bytes) => logArtifact(transport, runId, path, bytes),
    register: (candidate) => register(transport, candidate),
    find: (model, version) => findVersion(transport, model, version),
    tag: (model, version, tags) => tagVersion(transport, model, version, tags),
    describe: (model, version, words) => describeVersion(transport, model, version, words),
    aliases: (model) => readAliases(transport, model),
    moveAliases: (move) => moveAliases(transport, move),
  };
}
