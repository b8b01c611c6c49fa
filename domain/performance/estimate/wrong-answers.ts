import type { PastBlocks } from '../../calendar/past-blocks.ts';
import type { HistoryTest } from '../../statistics/test-against-history.ts';
import { type OutcomeCells, testConcept } from './concept-test.ts';
import type { KnownDay } from './foresight.ts';

/** Do cells of a column and wrong answers in them together look as they did before? */
export function testWrongAnswers(name: string, before: readonly KnownDay[], newest: readonly KnownDay[], past: PastBlocks): HistoryTest {
  return testConcept(before.flatMap(cellsOf(name)), newest.flatMap(cellsOf(name)), past);
}

function cellsOf(name: string): (day: KnownDay) => OutcomeCells[] {
  return ({ day, errors }) => {
    const counts = errors[name];
    if (counts === undefined) return [];
    return [{ day, positives: counts.loss, negatives: counts.rows.map((rows, cell) => rows - (counts.loss[cell] as number)) }];
  };
}
