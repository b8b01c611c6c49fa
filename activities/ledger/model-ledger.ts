import type { ModelName } from '../../domain/identity/names.ts';
import type { Counting } from '../../domain/ledger/counting.port.ts';
import type { RowArchive } from '../../domain/ledger/row-archive.port.ts';
import type { Sources } from '../../domain/ledger/sources.port.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Artefacts } from '../../domain/store/artefacts.port.ts';
import type { Store } from '../../domain/store/store.port.ts';
import { neededArtefact } from '../needed-artefact.ts';

export interface LedgerDependencies {
  readonly artefacts: Artefacts;
  readonly store: Store;
  readonly rows: RowArchive;
  readonly counting: Counting;
  readonly sources: Sources;
}

/** One model's ledger, as an activity works with it. */
export interface ModelLedger {
  readonly model: ModelName;
  readonly applied: AppliedPolicy;
  readonly policy: Policy;
}

export async function openLedger(
  { artefacts }: LedgerDependencies,
  { model, policy }: { model: ModelName; policy: AppliedPolicy },
): Promise<ModelLedger> {
  return { model, applied: policy, policy: await neededArtefact<Policy>(artefacts, 'policy', policy.digest) };
}
