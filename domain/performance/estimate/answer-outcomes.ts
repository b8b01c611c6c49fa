import { addOutcomes } from '../../ledger/add-counts.ts';
import type { OutcomeCounts } from '../../ledger/entry.ts';
import { type Counts, total } from '../../statistics/counts.ts';
import { carriedCounts } from '../carried-counts.ts';
import { classTotalsOf } from '../class-totals-of.ts';
import type { ClassTotals } from '../metrics/class-totals.ts';
import type { KnownDay } from './foresight.ts';
import { roundedAlong } from './rounded-along.ts';

/** What has come of rows by the class they were predicted as. */
export interface Answers extends ClassTotals {
  /** Share of the rows predicted as a class (inner) whose true class it is (outer); absent where no table of classes was counted. */
  readonly became?: readonly (readonly number[])[];
}

/** Undefined where not all rows were counted by class. */
export function answersOf(days: readonly KnownDay[]): Answers | undefined {
  const sum =
    days.length === 0 ? undefined : days.map(({ outcomes }) => carriedCounts('accuracy', undefined, outcomes)).reduce(addOutcomes);
  const totals = sum && classTotalsOf(sum);
  return totals && { ...totals, ...(sum.confusion && { became: becameOf(sum.confusion, totals) }) };
}

function becameOf(confusion: readonly number[], { actual, predicted }: ClassTotals): number[][] {
  const [classes, rows] = [actual.length, total(actual)];
  return actual.map((came, own) =>
    predicted.map((said, place) => {
      const row = confusion.slice(own * (classes + 1), (own + 1) * (classes + 1));
      const both = place === classes - 1 ? total(row.slice(place)) : (row[place] as number);
      return said > 0 ? both / said : came / rows;
    }),
  );
}

/** How many of the rows predicted as each class are right, if they are as often as such rows were. */
export function rightOf(predicted: Counts, answers: Answers): number[] {
  const overall = total(answers.right) / total(answers.predicted);
  return predicted.map((rows, place) => {
    const said = answers.predicted[place] as number;
    return rows * (said > 0 ? (answers.right[place] as number) / said : overall);
  });
}

/**
 * Totals of classes from amounts that are no whole numbers: true classes add up to the rows, and no class is right more often than it is true or
 * predicted.
 */
export function expectedTotals(
  predicted: Counts,
  { right, actual }: { readonly right: readonly number[]; readonly actual: readonly number[] },
): Pick<OutcomeCounts, 'matched' | 'correct' | 'classes'> {
  const rows = total(predicted);
  const all = total(actual);
  const came = roundedAlong(actual.map((amount) => (all > 0 ? (amount * rows) / all : 0)));
  const hits = roundedAlong(right).map((amount, place) => Math.min(amount, came[place] as number, predicted[place] as number));
  return { matched: rows, correct: total(hits), classes: { right: hits, actual: came, predicted } };
}
