import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import { loadPolicyFile, type PolicyFile, savePolicy } from '../../scripts/models/policies.ts';
import type { Session } from '../../scripts/models/session.ts';

export const example = join(import.meta.dirname, '../../examples/bike-demand');

/** The example's own training program, for a shell in any folder. */
export const trainProgram = `python '${join(example, 'train.py')}'`;

/**
 * The example's policy with some things otherwise, in a file of its own.
 *
 * @param otherwise as it would be written in the file; each key takes the place of what the example says, maps are merged
 */
export function bikePolicy(folder: string, name: string, otherwise: { readonly [key: string]: unknown }): PolicyFile {
  const path = join(folder, `${name}.yaml`);
  mkdirSync(folder, { recursive: true });
  const written = {
    extends: relative(folder, join(example, 'anchorwatch.yaml')),
    ...otherwise,
    sources: { history: { files: join(example, 'data/history.csv') } },
  };
  writeFileSync(path, stringify(written));
  return loadPolicyFile(path);
}

export async function savedPolicy(session: Session, file: PolicyFile): Promise<AppliedPolicy> {
  return savePolicy(session.ports, file);
}
