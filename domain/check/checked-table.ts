import type { Policy } from '../policy/policy.ts';
import { sayShare } from '../report/say-number.ts';
import type { CheckedTable } from './check-report.ts';
import type { CountedTable } from './counted-table.ts';
import { spanOf } from './span-of.ts';

/** Lines that are no rows, and rows without a usable time: these could be anything. */
const leftOut = ['malformed', 'missing-time', 'future-time'];

/** @param hasNoTimes rows stand for no days */
export function checkedTable({ files, partitions, anomalies }: CountedTable, hasNoTimes: boolean): CheckedTable {
  const span = hasNoTimes ? undefined : spanOf(partitions);
  return { files, rows: partitions.reduce((sum, { rows }) => sum + rows, 0), ...span, anomalies };
}

/** Why a table says little of what it stands for: too many of its rows could not be used. */
export function doubtOf(which: string, { rows, anomalies }: CheckedTable, { watch }: Policy): string | undefined {
  const lost = leftOut.reduce((sum, kind) => sum + (anomalies[kind] ?? 0), 0);
  if (lost === 0 || lost <= watch.effects.nullPoints * (rows + lost)) return undefined;
  return `${lost} of ${rows + lost} rows of the ${which} could not be used; a check needs ${sayShare(1 - watch.effects.nullPoints)} of them.`;
}

/** Days that stand in both tables, in words. */
export function overlap(before: CheckedTable, now: CheckedTable): string[] {
  if (before.to === undefined || now.from === undefined || now.from >= before.to) return [];
  return ['The data begin before the baseline ends: what stands in both hides a movement.'];
}
