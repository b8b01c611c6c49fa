import type { AnomalyKind } from '../../../domain/ledger/entry.ts';

/** Rows that cannot be counted as they are, by kind. */
export class Anomalies {
  readonly #rows = new Map<AnomalyKind, number>();

  note(kind: AnomalyKind, rows = 1): void {
    if (rows > 0) this.#rows.set(kind, (this.#rows.get(kind) ?? 0) + rows);
  }

  /** In ascending order of the kinds; those that were not met are left out. */
  counts(): Readonly<Partial<Record<AnomalyKind, number>>> {
    return Object.fromEntries([...this.#rows].sort());
  }
}
