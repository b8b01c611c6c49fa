import type { ClassTotals } from '../performance/metrics/class-totals.ts';
import { type Counts, sumCells } from '../statistics/counts.ts';
import type {
  ClassLossCounts,
  ColumnCounts,
  ErrorCells,
  Int,
  MeasureCounts,
  OutcomeCounts,
  QuantityCounts,
  QueryCounts,
  ScoreCounts,
} from './entry.ts';
import { addNewNames } from './new-names.ts';

/**
 * Counts of one column in two parts of the rows, added up exactly. Associative and commutative.
 *
 * @throws RangeError when the parts were counted on different cells
 */
export function addCounts(one: ColumnCounts, other: ColumnCounts): ColumnCounts {
  return {
    cells: addCells(one.cells, other.cells),
    nulls: one.nulls + other.nulls,
    notANumber: one.notANumber + other.notANumber,
    typeErrors: one.typeErrors + other.typeErrors,
    ...either('infinite', one, other, add),
    ...either('outOfRange', one, other, add),
    ...either('empty', one, other, add),
    ...either('sum', one, other, addIntegers),
    ...either('sumOfSquares', one, other, addIntegers),
    ...either('clipped', one, other, add),
    ...either('lowExcess', one, other, addIntegers),
    ...either('highExcess', one, other, addIntegers),
    ...either('min', one, other, Math.min),
    ...either('max', one, other, Math.max),
    ...addNewNames(one, other),
  };
}

/**
 * Outcomes of two parts of the rows, added up exactly; corrections are parts whose counts are below zero.
 *
 * @throws RangeError when the parts were counted with different classes or on different cells of the score
 */
export function addOutcomes(one: OutcomeCounts, other: OutcomeCounts): OutcomeCounts {
  return {
    matched: one.matched + other.matched,
    ...either('correct', one, other, add),
    ...either('absoluteError', one, other, addIntegers),
    ...either('squaredError', one, other, addIntegers),
    ...either('signedError', one, other, addIntegers),
    ...either('quantities', one, other, addQuantities),
    ...either('confusion', one, other, addCells),
    ...either('classes', one, other, addClasses),
    ...either('scores', one, other, addScores),
    ...either('classScores', one, other, addClassScores),
    ...either('classLosses', one, other, addClassLosses),
    ...either('queries', one, other, addQueries),
    ...either('measures', one, other, addMeasures),
  };
}

/**
 * Errors of two parts of the rows, added up exactly.
 *
 * @throws RangeError when the parts were counted on different cells
 */
export function addErrorCells(one: ErrorCells, other: ErrorCells): ErrorCells {
  return {
    rows: addCells(one.rows, other.rows),
    loss: addCells(one.loss, other.loss),
    ...either('signed', one, other, addCells),
    ...both('predicted', one, other, addCells),
    ...both('predictedSquares', one, other, addIntegers),
    ...both<'squared', readonly Int[]>('squared', one, other, (a, b) => a.map((sum, cell) => addIntegers(sum, b[cell] as Int))),
  };
}

function addQuantities(one: QuantityCounts, other: QuantityCounts): QuantityCounts {
  return {
    rows: one.rows + other.rows,
    outcome: addIntegers(one.outcome, other.outcome),
    outcomeSquared: addIntegers(one.outcomeSquared, other.outcomeSquared),
    nonZero: one.nonZero + other.nonZero,
    percentageError: addIntegers(one.percentageError, other.percentageError),
    symmetricError: addIntegers(one.symmetricError, other.symmetricError),
    ...either('errorCells', one, other, addCells),
  };
}

function addClasses(one: ClassTotals, other: ClassTotals): ClassTotals {
  return {
    right: addCells(one.right, other.right),
    actual: addCells(one.actual, other.actual),
    predicted: addCells(one.predicted, other.predicted),
  };
}

function addQueries(one: QueryCounts, other: QueryCounts): QueryCounts {
  return {
    labelled: one.labelled + other.labelled,
    ordered: one.ordered + other.ordered,
    ndcg: addIntegers(one.ndcg, other.ndcg),
    ndcgSquared: addIntegers(one.ndcgSquared, other.ndcgSquared),
    relevant: one.relevant + other.relevant,
    averagePrecision: addIntegers(one.averagePrecision, other.averagePrecision),
    averagePrecisionSquared: addIntegers(one.averagePrecisionSquared, other.averagePrecisionSquared),
  };
}

function addMeasures(one: NonNullable<OutcomeCounts['measures']>, other: NonNullable<OutcomeCounts['measures']>) {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(names.map((name) => [name, addMeasure(one[name] ?? nothingMeasured, other[name] ?? nothingMeasured)]));
}

function addClassScores(one: NonNullable<OutcomeCounts['classScores']>, other: NonNullable<OutcomeCounts['classScores']>) {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(names.map((name) => [name, either(name, one, other, addScores)[name] as ScoreCounts]));
}

function addClassLosses(one: ClassLossCounts, other: ClassLossCounts): ClassLossCounts {
  return {
    rows: one.rows + other.rows,
    improbable: one.improbable + other.improbable,
    logLoss: addIntegers(one.logLoss, other.logLoss),
    squaredError: addIntegers(one.squaredError, other.squaredError),
  };
}

const nothingMeasured: MeasureCounts = { rows: 0, sum: '0' };

function addMeasure(one: MeasureCounts, other: MeasureCounts): MeasureCounts {
  return { rows: one.rows + other.rows, sum: addIntegers(one.sum, other.sum), ...either('per', one, other, addIntegers) };
}

function addScores(one: ScoreCounts, other: ScoreCounts): ScoreCounts {
  return {
    positives: addCells(one.positives, other.positives),
    negatives: addCells(one.negatives, other.negatives),
    improbable: one.improbable + other.improbable,
    sums: addCells(one.sums, other.sums),
    logLoss: addIntegers(one.logLoss, other.logLoss),
    squaredError: addIntegers(one.squaredError, other.squaredError),
  };
}

/** The member of both, of either, or none. */
function either<K extends string, V>(
  key: K,
  one: { readonly [key in K]?: V },
  other: { readonly [key in K]?: V },
  sum: (a: V, b: V) => V,
): { [key in K]?: V } {
  const [a, b] = [one[key], other[key]];
  if (a === undefined && b === undefined) return {};
  return { [key]: a === undefined ? b : b === undefined ? a : sum(a, b) } as { [key in K]?: V };
}

/** The member of both: what only a part of the rows carries says nothing of all of them. */
function both<K extends string, V>(
  key: K,
  one: { readonly [key in K]?: V },
  other: { readonly [key in K]?: V },
  sum: (a: V, b: V) => V,
): { [key in K]?: V } {
  const [a, b] = [one[key], other[key]];
  return (a === undefined || b === undefined ? {} : { [key]: sum(a, b) }) as { [key in K]?: V };
}

function add(a: number, b: number): number {
  return a + b;
}

function addCells(a: Counts, b: Counts): Counts {
  return sumCells([a, b]);
}

function addIntegers(a: Int, b: Int): Int {
  return String(BigInt(a) + BigInt(b));
}
