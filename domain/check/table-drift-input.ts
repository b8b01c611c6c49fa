import type { DriftInput } from '../drift/assess-drift.ts';
import { totalColumn } from '../drift/column-totals.ts';
import type { Grid } from '../grid/grid.ts';
import { eventTime, plusDays } from '../identity/event-time.ts';
import { unversioned } from '../ledger/unversioned.ts';
import type { Policy } from '../policy/policy.ts';
import type { TimeSpan } from '../report/assessment-input.ts';
import { type CountedTable, countsOf, rangeOf } from './counted-table.ts';
import { reasonToIgnore } from './reason-to-ignore.ts';
import type { SampleLook } from './sample-look.ts';
import { spanOf } from './span-of.ts';

export interface Tables {
  /** Its critical columns decide; where it names none, every column does. */
  readonly policy: Policy;
  readonly grid: Grid;
  /** Of columns of the baseline that measure nothing. */
  readonly looks: Readonly<Record<string, SampleLook>>;
  readonly baseline: CountedTable;
  readonly data: CountedTable;
  readonly rowsAreIndependent: boolean;
}

/** Columns that are not judged, and why. */
export function ignoredColumns({ policy, grid, looks, baseline, data }: Tables): { column: string; reason: string }[] {
  const byPolicy = policy.columns.ignored.map((column) => ({ column, reason: 'by the policy' }));
  const byData = grid.columns.flatMap((column) => {
    const look = looks[column.name];
    const [before, now] = [countsOf(baseline, column.name), countsOf(data, column.name)];
    const range = rangeOf([...before, ...now]);
    const pair = {
      kind: column.kind,
      ...(look && { look }),
      baseline: totalColumn(column, before),
      window: totalColumn(column, now),
      ...(range && { range }),
    };
    const reason = reasonToIgnore(pair);
    return reason === undefined ? [] : [{ column: column.name, reason }];
  });
  return [...byPolicy, ...byData];
}

/** Two tables as drift is asked of a maintained model. */
export function tableDriftInput({ policy, grid, baseline, data, rowsAreIndependent }: Tables, ignored: ReadonlySet<string>): DriftInput {
  const { critical } = policy.columns;
  const columns = {
    ...policy.columns,
    critical: critical.length > 0 ? critical : grid.columns.map(({ name }) => name),
    ignored: [...policy.columns.ignored, ...ignored],
  };
  // Parts of a table have no season.
  const baselineRules = rowsAreIndependent ? ({ ...policy.baseline, season: 'none' } as const) : policy.baseline;
  return {
    policy: { ...policy, columns, baseline: baselineRules },
    grid,
    version: unversioned,
    window: spanOf(data.partitions) ?? after(spanOf(baseline.partitions)),
    windowDays: { inputs: data.partitions },
    baseline: { days: baseline.partitions },
    ...(rowsAreIndependent ? { rowsAreIndependent } : {}),
  };
}

/** The day on which data without rows would begin: all of the baseline lies before it. */
function after(baseline: TimeSpan | undefined): TimeSpan {
  const at = baseline?.to ?? eventTime(0);
  return { from: at, to: plusDays(at, 1) };
}
