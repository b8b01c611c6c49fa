import { smallestGroup } from '../../drift/publishable-bars.ts';
import { addOutcomes } from '../../ledger/add-counts.ts';
import type { OutcomeCounts } from '../../ledger/entry.ts';
import { shortName } from '../../report/short-name.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import type { ErrorKind } from './error-patterns.ts';

const mostTold = 3;

/** Which kinds of error became more frequent or larger, the most first; kinds of under ten rows are not told of. */
export function measureKinds(anchor: readonly OutcomeCounts[], window: readonly OutcomeCounts[], scale: OutcomeScale): ErrorKind[] {
  if (anchor.length === 0 || window.length === 0) return [];
  const [before, now] = [kindsOf(anchor.reduce(addOutcomes), scale), kindsOf(window.reduce(addOutcomes), scale)];
  return [...now]
    .filter(([, { rows }]) => rows === undefined || rows >= smallestGroup)
    .map(([kind, { mean }]): ErrorKind => ({ kind, before: before.get(kind)?.mean ?? 0, now: mean }))
    .filter(({ before: was, now: is }) => is > was)
    .sort((a, b) => b.now - b.before - (a.now - a.before))
    .slice(0, mostTold);
}

interface Kind {
  readonly mean: number;
  /** Rows that are of it, where they are counted. */
  readonly rows?: number;
}

function kindsOf({ matched, absoluteError, signedError, confusion }: OutcomeCounts, { unit, classes }: OutcomeScale): Map<string, Kind> {
  if (matched <= 0) return new Map();
  if (confusion !== undefined) return confusions(confusion, matched, classes);
  if (absoluteError === undefined || signedError === undefined) return new Map();
  const [absolute, signed] = [Number(absoluteError) * unit, Number(signedError) * unit];
  return new Map([
    ['predicted too high', { mean: (absolute + signed) / 2 / matched }],
    ['predicted too low', { mean: (absolute - signed) / 2 / matched }],
  ]);
}

/** By rows of the true class and columns of what was said: one column more than rows, of unnamed classes that are wrong. */
function confusions(table: readonly number[], matched: number, classes: readonly string[]): Map<string, Kind> {
  const width = classes.length + 2;
  const nameOf = (place: number) => (classes[place] === undefined ? 'another class' : shortName(classes[place]));
  return new Map(
    table.flatMap((rows, cell): [string, Kind][] => {
      const [was, said] = [Math.floor(cell / width), cell % width];
      return was === said || rows <= 0 ? [] : [[`${nameOf(was)} taken for ${nameOf(said)}`, { mean: rows / matched, rows }]];
    }),
  );
}
