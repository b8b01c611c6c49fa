import type { NumericColumn } from '../../grid/grid.ts';
import { coarseCounts } from '../../ledger/coarse-counts.ts';
import type { Partition } from '../../ledger/entry.ts';
import type { MetricName } from '../../policy/policy.ts';
import { type Counts, sumCells, total } from '../../statistics/counts.ts';
import { type Foresight, fewestOutcomes, type KnownDay, uncoveredShare } from './foresight.ts';
import { type LossCells, meanLosses, testLosses } from './loss-test.ts';

/**
 * Foresees the loss of predicted quantities: rows of a cell of the prediction cost what rows of that cell cost on the newest days with outcomes.
 *
 * It assumes that how wrong a prediction is depends on the prediction, and on nothing else that moved: harder rows that are predicted like
 * easier ones are not seen. Only mean errors are foreseen, no sign of them.
 *
 * Source: direct loss estimation, as in NannyML's DLE, with means of cells in place of a model of the loss.
 */
export function quantityForesight(prediction: NumericColumn, metric: MetricName): Foresight<Counts> {
  const { name } = prediction;
  const isSquared = metric === 'rmse';
  const cellsIn = ({ day, errors }: KnownDay): LossCells[] => {
    const cells = errors[name];
    const loss = isSquared ? cells?.squared?.map(Number) : cells?.loss;
    return cells && loss ? [{ day, rows: cells.rows, loss }] : [];
  };
  const rowsOf = (days: readonly KnownDay[]) => sumCells(days.flatMap(cellsIn).map(({ rows }) => rows));
  return {
    signs: 'predictions',
    mistakes: 'errors',
    isKnown: (day) => cellsIn(day).length > 0,
    rowsIn: (window: readonly Partition[]) =>
      sumCells(window.flatMap(({ columns }) => (columns[name] ? [coarseCounts(prediction, columns[name])] : []))),
    rowsOf,
    expect(days, rows) {
      const known = { rows: rowsOf(days), loss: sumCells(days.flatMap(cellsIn).map(({ loss }) => loss)) };
      if (total(known.rows) <= 0 || total(rows) <= 0) return undefined;
      const means = meanLosses(known);
      const loss = rows.reduce((sum, count, cell) => sum + count * (means[cell] as number), 0);
      return {
        outcomes: { matched: total(rows), ...(isSquared ? { squaredError: whole(loss) } : { absoluteError: whole(loss) }) },
        madeFrom: total(known.rows),
        uncovered: uncoveredShare(rows, known.rows),
      };
    },
    lacksOf(days) {
      const known = total(rowsOf(days));
      return known >= fewestOutcomes ? undefined : `${fewestOutcomes} outcomes in the newest block; there are ${known}`;
    },
    testConcept: (before, newest, past) => testLosses(before.flatMap(cellsIn), newest.flatMap(cellsIn), past),
    testColumn: (column, before, newest, past) => {
      const of = ({ day, errors }: KnownDay): LossCells[] =>
        errors[column] ? [{ day, rows: errors[column].rows, loss: errors[column].loss }] : [];
      return testLosses(before.flatMap(of), newest.flatMap(of), past);
    },
  };
}

function whole(amount: number): string {
  return String(BigInt(Math.round(amount)));
}
