import type { Grid } from '../../domain/grid/grid.ts';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { Digest, Version } from '../../domain/identity/names.ts';
import { joinHorizonDays } from '../../domain/ledger/join-horizon-days.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import type { WorstRowsReference } from '../../domain/ledger/worst-rows-reference.ts';
import type { TimeSpan } from '../../domain/report/assessment-input.ts';
import type { LedgerDependencies, ModelLedger } from './model-ledger.ts';
import { rowsOf } from './rows-of.ts';

interface Asked {
  readonly grid: Grid;
  /** Whose rows may lie in the window, and that were counted, in the order of looks. */
  readonly segments: readonly Segment[];
  readonly window: TimeSpan;
  readonly version: Version;
  readonly asOf: EventTime;
  readonly madeFrom: readonly Digest[];
}

/**
 * Keeps the rows of a matured window that turned out most wrong, apart from all else. Safe to repeat.
 *
 * @returns undefined where the policy wants none, no row was wrong, or, of a ranking, none is by itself
 */
export async function keepWorstRows(
  { counting, rows: archive }: LedgerDependencies,
  { model, policy }: ModelLedger,
  { grid, segments, window, version, asOf, madeFrom }: Asked,
): Promise<WorstRowsReference | undefined> {
  const most = policy.performance.worstRows;
  if (most === 0 || policy.sources.outcomes === undefined || policy.task.kind === 'ranking') return undefined;
  const read = segments.map((segment) => rowsOf(policy, segment));
  const { by, rows } = await counting.worst({ grid, segments: read, horizonDays: joinHorizonDays(policy), window, version, most });
  if (rows.length === 0) return undefined;
  const idColumns = read.find(({ segment }) => segment.holds === 'predictions')?.mapping.id ?? [];
  const digest = await archive.save({
    kind: 'worst-rows',
    schemaVersion: 1,
    madeFrom,
    model,
    version,
    asOf,
    window: { from: window.from, to: window.to },
    idColumns,
    by,
    rows,
  });
  return { digest, rows: rows.length };
}
