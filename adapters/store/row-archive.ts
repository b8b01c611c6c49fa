import type { RowArchive } from '../../domain/ledger/row-archive.port.ts';
import type { WorstRows } from '../../domain/ledger/worst-rows.ts';
import type { Store } from '../../domain/store/store.port.ts';
import { createArtefacts } from './artefacts.ts';

/** Rows in a store, under `rows/<model>/<kind>/<digest>.json`. */
export function createRowArchive(store: Store): RowArchive {
  return {
    save: (rows) => createArtefacts(store, `rows/${rows.model}`).save(rows),
    read: (model, digest) => createArtefacts(store, `rows/${model}`).read<WorstRows>('worst-rows', digest),
  };
}
