import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { bundleFile } from './workflow-source.ts';

/** A program of the build: bundles the workflows with the SDK the workers will run. */
Runtime.install({ logger: new DefaultLogger('WARN') });
const { code } = await bundleWorkflowCode({ workflowsPath: join(dirname(bundleFile), 'workflows/index.js') });
await writeFile(bundleFile, code);
