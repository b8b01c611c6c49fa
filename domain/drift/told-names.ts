import type { ColumnCounts } from '../ledger/entry.ts';
import { NewNames } from '../ledger/new-names.ts';
import { sayNumber } from '../report/say-number.ts';
import { shortName } from '../report/short-name.ts';
import { smallestGroup } from './publishable-bars.ts';

/** The names without a cell that some rows have. */
export interface ToldNames {
  /** How many differ; where there are `more`, at least so many. */
  readonly names: number;
  readonly more: boolean;
  /** The most frequent twenty with their rows, ties by name. */
  readonly frequent: readonly (readonly [name: string, rows: number])[];
}

const mostFrequent = 20;
const said = 3;

/** @returns undefined where every row with a name has one that has a cell. Cost O(days × names). */
export function toldNames(days: readonly ColumnCounts[]): ToldNames | undefined {
  const sum = new NewNames();
  for (const day of days) sum.addAll(day);
  const { newCategories, newCategoryBuckets } = sum.counts();
  if (newCategories === undefined) return undefined;
  const byRows = Object.entries(newCategories).sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  return { names: byRows.length, more: newCategoryBuckets !== undefined, frequent: byRows.slice(0, mostFrequent) };
}

/** After a sentence: `2 new names, most often solar (1,204 rows)`. Names of under ten rows are not told. */
export function sayNewNames({ names, more, frequent }: ToldNames): string {
  const often = frequent.filter(([, rows]) => rows >= smallestGroup).slice(0, said);
  const told = often.map(([name, rows]) => `${shortName(name)} (${sayNumber(rows)} rows)`).join(', ');
  const count = `${more ? 'over ' : ''}${sayNumber(names)} new ${names === 1 ? 'name' : 'names'}`;
  return told === '' ? count : `${count}, most often ${told}`;
}
