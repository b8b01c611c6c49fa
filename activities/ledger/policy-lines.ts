import type { Digest } from '../../domain/identity/names.ts';
import type { PolicyLines } from '../../domain/policy/policy-line.ts';
import type { Store } from '../../domain/store/store.port.ts';
import { readJson, writeJson } from '../stored-json.ts';

/** Keeps where each part of a policy is written, beside it and outside its digest. */
export async function keepPolicyLines(store: Store, policy: Digest, lines: PolicyLines): Promise<void> {
  await writeJson(store, keyOf(policy), lines);
}

/** None where they were not kept. */
export async function policyLines(store: Store, policy: Digest): Promise<PolicyLines> {
  return (await readJson<PolicyLines>(store, keyOf(policy))) ?? {};
}

function keyOf(policy: Digest): string {
  return `policy-lines/${policy}.json`;
}
