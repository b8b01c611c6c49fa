import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerDependencies } from '../../activities/ledger/model-ledger.ts';
import { createDuckdbCounting } from '../../adapters/counting/duckdb/counting.ts';
import { createLatestTimes } from '../../adapters/counting/duckdb/latest-times.ts';
import { createSources } from '../../adapters/source/sources.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { createRowArchive } from '../../adapters/store/row-archive.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Policy } from '../../domain/policy/policy.ts';

export interface OpenLedger extends LedgerDependencies {
  readonly stateRoot: string;
  apply(policy: Policy, folder: string): Promise<AppliedPolicy>;
  close(): Promise<void>;
}

/** Everything a ledger needs, on real files in a folder of its own. */
export async function openLedgerForTest(): Promise<OpenLedger> {
  const stateRoot = await mkdtemp(join(tmpdir(), 'anchorwatch-ledger-'));
  const ledger = ledgerIn(stateRoot);
  return {
    ...ledger,
    stateRoot,
    apply: async (policy, folder) => ({
      digest: await ledger.artefacts.save(policy),
      folder,
      mode: policy.mode,
      approval: policy.approval,
    }),
    close: () => rm(stateRoot, { recursive: true, force: true }),
  };
}

/** What any process needs to work on the ledger of a folder. */
export function ledgerIn(stateRoot: string): LedgerDependencies {
  const store = createFileStore(join(stateRoot, 'store'));
  return {
    store,
    rows: createRowArchive(store),
    artefacts: createArtefacts(store),
    counting: createDuckdbCounting({ store, stateRoot }),
    sources: createSources({ stateRoot, latestTimes: createLatestTimes() }),
  };
}
