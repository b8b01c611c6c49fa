import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(import.meta.url);
const root = join(dirname(own), '..');

/** Where the build puts the workflows, bundled once for all workers. */
export const bundleFile = join(root, 'workflow-bundle.js');

/** What a worker loads its workflows from: the bundle in the built package, the sources (1.5 s longer) in a checkout. */
export function workflowSource(): { readonly workflowBundle: { readonly codePath: string } } | { readonly workflowsPath: string } {
  return own.endsWith('.ts') ? { workflowsPath: join(root, 'workflows/index.ts') } : { workflowBundle: { codePath: bundleFile } };
}
