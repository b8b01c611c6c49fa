import { addErrorCells } from '../ledger/add-counts.ts';
import type { ErrorCells, Partition } from '../ledger/entry.ts';
import { errorDays } from '../performance/errors/error-day.ts';
import { columnsInRole } from '../policy/columns-in-role.ts';
import type { OutcomeInput } from '../report/assessment-input.ts';
import type { Judgement } from '../report/report.ts';
import { correlationRatio } from '../statistics/correlation-ratio.ts';

const fewestRows = 200;

/**
 * Adds to each input how much of the predictions' variance it explains by itself, in the matured window and in the baseline: the correlation
 * ratio on its coarse cells, adjusted for their number, over the watched version's rows with an outcome. Of classes it is the variance of whether
 * the prediction is the most frequent class. It is importance as it can be followed without asking the model; what two inputs do together
 * it does not see. Not told of under 200 rows, nor where entries do not carry it.
 *
 * Cost O(columns × cells × days).
 */
export function withExplainedPredictions(judgements: readonly Judgement[], input: OutcomeInput): Judgement[] {
  const { policy, grid, baseline, version, windowDays } = input;
  const inputs = columnsInRole(grid, policy).filter(({ role }) => role === 'feature');
  const [before, now] = [baseline?.days ?? [], windowDays.matured].map((days) => cellsByColumn(days, version)) as [Cells, Cells];
  const told = new Map(
    inputs.map(({ name }) => [
      name,
      {
        ...asStatistic('explainsPredictions', shareExplained(now.get(name))),
        ...asStatistic('explainsPredictionsInBaseline', shareExplained(before.get(name))),
      },
    ]),
  );
  return judgements.map((judgement) => {
    const more = judgement.layer === 'inputs' && judgement.segment === undefined ? told.get(judgement.subject) : undefined;
    return more === undefined ? judgement : { ...judgement, statistics: { ...judgement.statistics, ...more } };
  });
}

type Cells = ReadonlyMap<string, ErrorCells>;

function cellsByColumn(days: readonly Partition[], version: Partition['version']): Cells {
  const sums = new Map<string, ErrorCells>();
  for (const { columns } of errorDays(days, version)) {
    for (const [name, cells] of Object.entries(columns)) {
      const sum = sums.get(name);
      sums.set(name, sum === undefined ? cells : addErrorCells(sum, cells));
    }
  }
  return sums;
}

function shareExplained(cells: ErrorCells | undefined): number | undefined {
  if (cells?.predicted === undefined || cells.rows.reduce((sum, rows) => sum + rows, 0) < fewestRows) return undefined;
  const { rows, predicted, predictedSquares } = cells;
  const squares = predictedSquares === undefined ? predicted.reduce((sum, one) => sum + one, 0) : Number(predictedSquares);
  const ratio = correlationRatio(
    rows.map((count, cell) => ({ rows: count, sum: predicted[cell] as number })),
    squares,
  );
  return ratio && Math.max(0, ratio.adjusted);
}

function asStatistic(name: string, value: number | undefined): Record<string, number> {
  return value === undefined ? {} : { [name]: value };
}
