import { cutNumeric } from '../../domain/grid/cut-numeric.ts';
import type { NumericColumn } from '../../domain/grid/grid.ts';
import type { ColumnCounts } from '../../domain/ledger/entry.ts';
import { binomial } from './binomial.ts';
import { normalCumulative, normalDensity } from './normal-table.ts';

/** What a day is like: the mean of its rows, in sigmas of a row, and how many there are. */
export interface DayPlan {
  readonly mean: number;
  readonly rows: number;
}

/** A column of standard normal values with so many cells of equal mass. */
export function normalColumn(name: string, cells: number): NumericColumn {
  const quantiles = Array.from({ length: cells - 1 }, (_, index) => quantile((index + 1) / cells));
  const column = cutNumeric({ name, role: 'feature', kind: 'numeric', values: quantiles });
  return { ...column, edges: quantiles, centre: 0, sigma: 1, unit: 2 ** -14 };
}

/** Draws what the ledger would hold of a day, without its rows: cells as they fall, sums as they follow from the cells. */
export function countedNormals(column: NumericColumn, random: () => number): (day: DayPlan) => ColumnCounts {
  const draw = binomial(random);
  const inUnits = (value: number) => String(Math.round(value / column.unit));
  return ({ mean, rows }) => {
    const cells = new Array<number>(column.edges.length + 1);
    let [left, chanceLeft, sum, squares, noise] = [rows, 1, 0, 0, 0];
    let [edge, below, densityBelow] = [-Infinity, 0, 0];
    let [lowExcess, highExcess] = [0, 0];
    for (let cell = 0; cell < cells.length; cell += 1) {
      const next = (column.edges[cell] ?? Infinity) - mean;
      const [upTo, density] = next === Infinity ? [1, 0] : [normalCumulative(next), normalDensity(next)];
      const chance = upTo - below;
      const count = cell === cells.length - 1 ? left : draw(left, chanceLeft <= 0 ? 0 : Math.min(1, chance / chanceLeft));
      cells[cell] = count;
      left -= count;
      chanceLeft -= chance;
      if (count > 0 && chance > 0) {
        const inside = (densityBelow - density) / chance;
        const spread =
          1 + ((edge === -Infinity ? 0 : edge * densityBelow) - (next === Infinity ? 0 : next * density)) / chance - inside * inside;
        const value = mean + inside;
        sum += count * value;
        squares += count * (value * value + Math.max(0, spread));
        noise += count * Math.max(0, spread);
        if (edge === -Infinity) lowExcess = count * (next - inside);
        if (next === Infinity) highExcess = count * (inside - edge);
      }
      [edge, below, densityBelow] = [next, upTo, density];
    }
    sum += Math.sqrt(noise) * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return {
      cells,
      nulls: 0,
      notANumber: 0,
      typeErrors: 0,
      sum: inUnits(sum),
      sumOfSquares: String(Math.round(squares / column.unit ** 2)),
      lowExcess: inUnits(lowExcess),
      highExcess: inUnits(highExcess),
    };
  };
}

function quantile(share: number): number {
  let [low, high] = [-9, 9];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (normalCumulative(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
