import { effectUnit } from '../drift/judged-effect.ts';
import { plusDays } from '../identity/event-time.ts';
import { sayNumber, sayShare } from '../report/say-number.ts';
import type { BaselineDiff, BaselineSummary, ColumnSummary, MovedColumn } from './compare-baselines.ts';

/** What moved between two baselines, for a terminal. */
export function tellBaselineDiff(diff: BaselineDiff): string {
  const { before, after, columns, onlyBefore, onlyAfter } = diff;
  return [
    `before  ${sayBaseline(before)}`,
    `after   ${sayBaseline(after)}`,
    before.grid === after.grid
      ? `Both were counted on grid ${short(before.grid)}.`
      : `Grid ${short(before.grid)} became ${short(after.grid)}.`,
    '',
    ...table([['COLUMN', 'MOVED', 'ALARM AT', 'MEAN', 'NO SOUND VALUE', 'ROWS'], ...columns.map(rowOf)]),
    ...(onlyBefore.length === 0 ? [] : ['', `Only before: ${onlyBefore.join(', ')}.`]),
    ...(onlyAfter.length === 0 ? [] : ['', `Only after: ${onlyAfter.join(', ')}.`]),
  ].join('\n');
}

function sayBaseline({ digest, from, version, window, rows, outcomes }: BaselineSummary): string {
  const days = `${window.from.slice(0, 10)} to ${plusDays(window.to, -1).slice(0, 10)}`;
  const kind = from === 'held-out' ? 'held-out rows' : 'rows of production';
  return `${short(digest)}: ${sayNumber(rows)} ${kind}, ${sayNumber(outcomes)} with their outcome, version ${version}, ${days}`;
}

function rowOf({ column, effect, before, after, sameCells }: MovedColumn): string[] {
  const moved = effect === undefined ? (sameCells ? '–' : 'other cells') : `${sayNumber(effect.value)} ${effectUnit(effect.statistic)}`;
  const threshold = effect === undefined ? '–' : sayNumber(effect.threshold);
  const mean = before.mean === undefined || after.mean === undefined ? '–' : arrow(sayNumber(before.mean), sayNumber(after.mean));
  return [
    column,
    moved,
    threshold,
    mean,
    arrow(unsoundShare(before), unsoundShare(after)),
    arrow(sayNumber(before.rows), sayNumber(after.rows)),
  ];
}

function unsoundShare({ rows, unsound }: ColumnSummary): string {
  return sayShare(rows === 0 ? 0 : unsound / rows);
}

function arrow(before: string, after: string): string {
  return before === after ? before : `${before} → ${after}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] as string).length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] as number))
      .join('  ')
      .trimEnd(),
  );
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
