import type { Partition } from '../ledger/entry.ts';
import { ignoredColumns } from '../policy/ignored-columns.ts';
import type { AssessmentInput } from '../report/assessment-input.ts';
import type { Judgement } from '../report/report.ts';
import { sayShare } from '../report/say-number.ts';
import { fewestRows } from './assess-quality.ts';

const mostNew = 20;

/**
 * Columns that came or went since the grid was cut, as the files of the window's rows have them.
 *
 * A missing column is certain and needs no test: it fails when a share of rows stands in files without it that is larger by
 * `watch.effects.nulls` than the share of the baseline's rows without a value. So one that is now and then absent from a few lines of JSON is
 * none, nor one that an older program's baseline had lost already. A new one is told and never fails; against the provisional baseline
 * of a new version it is not, for that has only the columns the version learnt from.
 *
 * Cost O(days x columns).
 */
export function assessColumns(input: AssessmentInput): Judgement[] {
  const rows = input.windowDays.inputs.reduce((sum, day) => sum + day.rows, 0);
  return input.baseline === undefined || rows === 0 ? [] : [...missingColumns(input, rows), ...newColumns(input, rows)];
}

function missingColumns({ policy, grid, baseline, windowDays }: AssessmentInput, rows: number): Judgement[] {
  const lacking = rowsByColumn(windowDays.inputs, 'missingColumns');
  const threshold = policy.watch.effects.nullPoints;
  return grid.columns.flatMap(({ name }): Judgement[] => {
    const without = lacking.get(name);
    if (without === undefined || ignoredColumns(policy).includes(name)) return [];
    const [share, reference] = [without / rows, shareWithoutValue(baseline?.days ?? [], name)];
    const missing = rows < fewestRows ? `${fewestRows} rows in the window; there are ${rows}` : undefined;
    const isFar = share - reference >= threshold;
    return [
      {
        layer: 'quality',
        subject: name,
        statistic: 'missingColumn',
        outcome: !isFar ? 'pass' : missing === undefined ? 'fail' : 'inconclusive',
        value: share - reference,
        threshold,
        statistics: { share, shareInBaseline: reference, rowsInWindow: rows },
        ...(isFar && missing !== undefined && { missing }),
        critical: policy.columns.critical.includes(name),
        policyPath: '/watch/effects/nullPoints',
        says: `${name}: a missing column; ${sayShare(share)} of rows are in files without it, ${sayShare(reference)} of the baseline's have no value (alarm at ${sayShare(threshold)} more).`,
      },
    ];
  });
}

function newColumns({ policy, baseline, windowDays }: AssessmentInput, rows: number): Judgement[] {
  if (baseline?.body.from === 'held-out') return [];
  const come = [...rowsByColumn(windowDays.inputs, 'newColumns')]
    .filter(([name]) => !ignoredColumns(policy).includes(name))
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  return come.slice(0, mostNew).map(
    ([name, having]): Judgement => ({
      layer: 'quality',
      subject: name,
      statistic: 'newColumn',
      outcome: 'pass',
      value: having / rows,
      statistics: { share: having / rows, shareInBaseline: 0, rowsInWindow: rows, newColumns: come.length },
      critical: false,
      policyPath: '/columns/ignored',
      says: `${name}: a new column, in the files of ${sayShare(having / rows)} of rows; it is not watched before the grid is cut anew.`,
    }),
  );
}

function rowsByColumn(days: readonly Partition[], of: 'missingColumns' | 'newColumns'): Map<string, number> {
  const sums = new Map<string, number>();
  for (const day of days) for (const [name, rows] of Object.entries(day[of] ?? {})) sums.set(name, (sums.get(name) ?? 0) + rows);
  return sums;
}

function shareWithoutValue(days: readonly Partition[], column: string): number {
  const [nulls, rows] = [
    days.reduce((sum, { columns }) => sum + (columns[column]?.nulls ?? 0), 0),
    days.reduce((sum, day) => sum + (day.columns[column] === undefined ? 0 : day.rows), 0),
  ];
  return rows === 0 ? 0 : nulls / rows;
}
