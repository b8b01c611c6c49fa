import { createHash } from 'node:crypto';
import { coarseColumn } from '../../../domain/grid/coarse-column.ts';
import type { Grid, GridColumn } from '../../../domain/grid/grid.ts';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { Dimension } from '../../../domain/policy/dimension.ts';
import { measuredColumns } from '../../../domain/policy/measure.ts';

/** What a slice tells of a prediction or an outcome besides its answer. */
export interface Told {
  /** Columns that name an item's query; none where rows are no items. */
  readonly query: readonly string[];
  /** Columns that measures are made of. */
  readonly measured: readonly string[];
  readonly dimensions: readonly Dimension[];
  /** Their coarse cells are told; none where no outcomes will come. */
  readonly columns: readonly GridColumn[];
}

const nothing: Told = { query: [], measured: [], dimensions: [], columns: [] };

/** What the slice of a segment tells for a grid; without one, only answers. */
export function toldOf({ segment, awaitsOutcomes }: SegmentRows, grid: Grid | undefined): Told {
  if (grid === undefined) return nothing;
  const { dimensions = [], columns, ranking } = grid;
  if (segment.holds === 'outcomes') return { ...nothing, measured: measuredColumns(grid, 'outcomes') };
  const measured = measuredColumns(grid, 'predictions');
  return { query: ranking?.query ?? [], measured, dimensions, columns: awaitsOutcomes ? columns : [] };
}

function isOfValues({ of }: GridColumn): boolean {
  return of === 'time' || of === 'text';
}

/** Slices depend on how the rows are read: another mapping or other cells are another slice. */
export function fingerprint({ mapping, answers, clock }: SegmentRows, { query, measured, dimensions, columns }: Told): string {
  const told = [
    ...(query.length > 0 ? [{ query }] : []),
    ...(measured.length > 0 ? [{ measured }] : []),
    ...(dimensions.length > 0 ? [dimensions] : []),
    ...(columns.length > 0 ? [columns.map(coarseColumn)] : []),
    // Slices of earlier programs have the cells of the values themselves.
    ...(columns.some(isOfValues) ? ['ages and lengths'] : []),
  ];
  return createHash('sha256')
    .update(JSON.stringify([mapping, answers, ...told, ...(clock ? [clock] : [])]))
    .digest('hex')
    .slice(0, 8);
}
