import { isDeepStrictEqual } from 'node:util';
import { TableUnusable } from '../adapters/source/files/find-tables.ts';
import type { TableReading } from '../domain/check/table-profile.ts';

/**
 * A baseline that was counted before is compared only with what is read in the same way. One that was counted without scores or outcomes can
 * be compared without them.
 *
 * @throws TableUnusable naming what differs
 */
export function readAlike(counted: TableReading, asked: TableReading): void {
  const differing = parts.filter((part) => !isWithout(counted, part) && !isDeepStrictEqual(counted[part], asked[part]));
  if (differing.length === 0) return;
  const by = counted.time === undefined ? 'without a time column' : `by the time column "${counted.time}"`;
  throw new TableUnusable(
    differing.includes('time')
      ? `The baseline's profile was counted ${by}. Leave --time away, or count it anew: anchorwatch profile FILE --time COLUMN --output PROFILE.json.`
      : `The baseline's profile was counted by another policy, in which these differ: ${differing.map((part) => called[part]).join(', ')}. Count it anew: anchorwatch profile FILE --policy POLICY --output PROFILE.json.`,
  );
}

function isWithout(counted: TableReading, part: keyof TableReading): boolean {
  return (part === 'score' || part === 'outcomes') && counted[part] === undefined;
}

const called = {
  time: 'times',
  timezone: 'time zones',
  prediction: 'predictions',
  score: 'scores',
  outcomes: 'outcomes',
  answers: 'kinds of predictions',
  ignored: 'columns left out',
  declared: 'kinds of columns',
  segments: 'segments',
  ranges: 'ranges of columns',
} as const satisfies Record<keyof TableReading, string>;
const parts = Object.keys(called) as (keyof TableReading)[];
