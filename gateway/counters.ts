import type { ArmName } from '../domain/traffic/routing-table.ts';

/** What went through the gateway since it started, per model; models without a table are counted together under `(no table)`. */
export interface ModelCounters {
  /** By the arm assigned (`none` without a table), then by the status of its attempt. */
  readonly requests: Record<string, Record<string, number>>;
  readonly outcomes: number;
  /** Records that could not be kept because the log's memory was full. */
  readonly dropped: number;
  /** Half lines cut off after a crash. */
  readonly torn: number;
  /** Event times given where the table is no replay's. */
  readonly timeIgnored: number;
  /** By kind of fault. */
  readonly malformed: Record<string, number>;
  /** Writes of the log that failed; nothing is lost by them until `dropped` grows. */
  readonly failedWrites: number;
}

export interface Counters {
  countRequest(model: string, arm: ArmName | 'none', status: number): void;
  countMalformed(model: string, kind: string): void;
  count(model: string, what: 'outcomes' | 'dropped' | 'torn' | 'timeIgnored' | 'failedWrites', by?: number): void;
  read(): Record<string, ModelCounters>;
}

export const withoutTable = '(no table)';

export function createCounters(): Counters {
  const models = new Map<string, Mutable>();
  const of = (model: string): Mutable => {
    const known = models.get(model) ?? zero();
    models.set(model, known);
    return known;
  };
  return {
    countRequest(model, arm, status) {
      const { requests } = of(model);
      const statuses = requests[arm] ?? {};
      requests[arm] = statuses;
      statuses[status] = (statuses[status] ?? 0) + 1;
    },
    countMalformed(model, kind) {
      const { malformed } = of(model);
      malformed[kind] = (malformed[kind] ?? 0) + 1;
    },
    count(model, what, by = 1) {
      of(model)[what] += by;
    },
    read: () => structuredClone(Object.fromEntries(models)),
  };
}

type Mutable = { -readonly [K in keyof ModelCounters]: ModelCounters[K] };

function zero(): Mutable {
  return { requests: {}, outcomes: 0, dropped: 0, torn: 0, timeIgnored: 0, malformed: {}, failedWrites: 0 };
}
