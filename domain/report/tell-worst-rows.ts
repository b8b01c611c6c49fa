import type { RowLoss, WorstRow, WorstRows } from '../ledger/worst-rows.ts';
import { sayNumber } from './say-number.ts';

const inWords: Readonly<Record<RowLoss, string>> = {
  absoluteError: 'by how far they were off',
  logLoss: 'by log loss, in nats',
  wrongAnswer: 'wrong answers, the newest first',
};

/** For people: the rows as a table, worst first, under a sentence that says what they are. */
export function tellWorstRows({ model, version, window, idColumns, by, rows }: WorstRows): string {
  const span = `${window.from.slice(0, 10)} to before ${window.to.slice(0, 10)}`;
  const says = `${model} ${version}, ${span}: the ${rows.length} rows that turned out most wrong, ${inWords[by]}.`;
  const isScored = rows.some(({ score }) => score !== undefined);
  const table = [
    [...idColumns, 'day', 'prediction', ...(isScored ? ['score'] : []), 'outcome', 'loss'],
    ...rows.map((row) => [
      ...row.id,
      row.day,
      String(row.prediction),
      ...(isScored ? [sayScore(row)] : []),
      `${row.outcome}${row.presumed ? ' (presumed)' : ''}`,
      sayNumber(row.loss),
    ]),
  ].map((line) => line.map(printable));
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  return [
    says,
    '',
    ...table.map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
  ].join('\n');
}

function sayScore({ score }: WorstRow): string {
  return score === undefined ? '–' : sayNumber(score);
}

/** Ids are the user's: none may command the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\ufffd');
}
