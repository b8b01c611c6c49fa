import type { GridColumn } from '../grid/grid.ts';
import { mergeCells } from '../statistics/cell-groups.ts';
import { sumCells, total } from '../statistics/counts.ts';
import { firstComponent } from '../statistics/first-component.ts';
import type { ColumnTotals } from './column-totals.ts';
import { groupCells } from './group-cells.ts';

/** Of each block, its score on the component in which the blocks' shares differ most, scaled as the block test scales them. */
export function blockScores(column: GridColumn, blocks: readonly ColumnTotals[]): number[] {
  const pooled = sumCells(blocks.map(({ cells }) => cells));
  const groups = groupCells(column, pooled, Math.min(...blocks.map(({ valued }) => valued)));
  const p = mergeCells(pooled, groups).map((count) => count / total(pooled));
  const mean = total(pooled) / blocks.length;
  return firstComponent(
    blocks.map(({ cells, valued }) =>
      mergeCells(cells, groups).map((count, group) => {
        const share = p[group] as number;
        return share === 0 ? 0 : (Math.sqrt(valued / mean) * (count / valued - share)) / Math.sqrt(share);
      }),
    ),
  );
}
