import type { ColumnKind, Grid } from '../grid/grid.ts';
import type { Artefact } from '../identity/artefact.ts';
import type { Policy } from '../policy/policy.ts';
import type { CountedTable } from './counted-table.ts';
import type { SampleLook } from './sample-look.ts';

/** A table counted on a grid of its own: all that is needed of it when another is compared with it. Rows are not in it. */
export interface TableProfile extends Artefact<'profile', 1> {
  readonly grid: Grid;
  readonly table: CountedTable;
  readonly reading: TableReading;
  /** Kinds of its columns that were declared, or settled by its values; a table compared with it is read by the same. */
  readonly declared: Policy['columns']['declared'];
  /** Of columns that measure nothing. */
  readonly looks: Readonly<Record<string, SampleLook>>;
  readonly notes: readonly string[];
}

/** Which columns of a table play a part, as its user said. */
export interface TableReading {
  /** Column of event times; absent: rows have none. */
  readonly time?: string;
  /** Whose clocks say when a day begins; absent: UTC. */
  readonly timezone?: string;
  readonly prediction?: string;
  /** How predictions are read. */
  readonly answers: ColumnKind;
  /** Columns that are not looked at. */
  readonly ignored: readonly string[];
  readonly declared: Policy['columns']['declared'];
  readonly segments: Policy['segments'];
  readonly ranges: Policy['columns']['ranges'];
}
