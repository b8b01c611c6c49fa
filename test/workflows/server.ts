import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { findTemporal } from '../../scripts/embedded/temporal-part.ts';
import { rootsOf } from '../../worker/roots.ts';
import { attributes } from '../../workflows/search-attributes.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalAddress: string;
    workflowBundle: string;
  }
}

/** A history of this many events asks for a new run: a test can get there. */
const longHistory = 150;

/** One server and one bundle for all tests of workflows; each test keeps to an installation of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
  const roots = rootsOf(join(import.meta.dirname, '../..'), process.env);
  const temporal = await findTemporal(roots, process.env);
  if (temporal === undefined) throw new Error("Temporal's command line is not installed. Run: npm run setup");
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: temporal.path },
      searchAttributes: Object.values(attributes),
      extraArgs: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${longHistory}`],
    },
  });
  const bundle = join(tmpdir(), `anchorwatch-workflows-${process.pid}.js`);
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(roots.packageRoot, 'workflows/index.ts'),
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(bundle, code);
  project.provide('temporalAddress', environment.address);
  project.provide('workflowBundle', bundle);
  return async () => {
    await rm(bundle);
    await environment.teardown();
  };
}
