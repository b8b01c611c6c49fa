import { keepPolicyLines } from '../../activities/ledger/policy-lines.ts';
import { renderProblems } from '../../adapters/policy-file/problem.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { PolicyLines } from '../../domain/policy/policy-line.ts';
import type { Ports } from '../../worker/ports.ts';

export interface PolicyFile {
  readonly policy: Policy;
  readonly folder: string;
  readonly lines: PolicyLines;
  readonly warnings: readonly string[];
}

/** @throws Error with every problem of the file, placed and with its remedy */
export function loadPolicyFile(path: string): PolicyFile {
  const reading = readPolicyFile(path);
  if (!reading.ok) throw new Error(renderProblems(reading.problems));
  return reading;
}

/** Saves a policy and, beside it and outside its digest, where each part is written. */
export async function savePolicy({ store, artefacts }: Ports, { policy, folder, lines }: PolicyFile): Promise<AppliedPolicy> {
  const digest = await artefacts.save(policy);
  await keepPolicyLines(store, digest, lines);
  return { digest, folder, mode: policy.mode, approval: policy.approval };
}
