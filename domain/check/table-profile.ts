import type { ColumnKind, Grid } from '../grid/grid.ts';
import type { Artefact } from '../identity/artefact.ts';
import type { Answer } from '../ledger/outcome-sum.ts';
import type { Measure } from '../policy/measure.ts';
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
  /** Column of the positive class's score. */
  readonly score?: string;
  /** Where the outcomes of the predictions stand; absent: nobody said. */
  readonly outcomes?: OutcomeReading;
  /** How predictions and outcomes are read. */
  readonly answers: ColumnKind;
  /** Columns that are not looked at. */
  readonly ignored: readonly string[];
  readonly declared: Policy['columns']['declared'];
  readonly segments: Policy['segments'];
  readonly ranges: Policy['columns']['ranges'];
}

/** What is counted of rows that carry their own outcomes, and where it stands. */
export interface OutcomeReading {
  /** Column of the outcome. */
  readonly label: string;
  /** Columns that are known with the outcome and not before: no inputs. */
  readonly beside: readonly string[];
  /** Name of the class that is scored. */
  readonly positive?: string;
  /** What the outcome of a row without one is presumed to be. */
  readonly absent?: Answer;
  /** Column of a class's score, by class, where several are scored. */
  readonly scores: Readonly<Record<string, string>>;
  readonly measures: readonly Measure[];
}
