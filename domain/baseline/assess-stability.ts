import { columnDays } from '../drift/column-day.ts';
import { judgedEffects } from '../drift/judged-effect.ts';
import { type LeadingEffect, leadingEffect } from '../drift/leading-effect.ts';
import type { Grid, GridColumn } from '../grid/grid.ts';
import type { Outcome } from '../identity/outcome.ts';
import type { Partition } from '../ledger/entry.ts';
import type { Policy } from '../policy/policy.ts';
import { sayNumber, sayP } from '../report/say-number.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { measureStability, type Unrest } from './measure-stability.ts';

/** Chance that days which are steady are called unsteady, for each of the two questions. */
const level = 0.01;
const namedAtMost = 3;

export interface Stability {
  /** `inconclusive`: the days are too few to tell. */
  readonly outcome: Outcome;
  readonly says: string;
}

interface Flaw extends Unrest {
  readonly effect: LeadingEffect;
  readonly adjustedPValue: number;
}

/**
 * Whether days are steady enough to be a baseline. They are not when a column has a trend, or when one block is not like the others, and
 * what moved is as far as the policy calls an alarm. The blocks are those a check would be tested against; p-values are adjusted by
 * Benjamini–Hochberg over all columns (and blocks), and must be at most .01.
 *
 * Judged are the critical columns, predictions and scores; where the policy names no critical column, all that it does not ignore.
 *
 * A trend inside a baseline widens what its blocks explain, so that real shifts stay below it; an odd block does the same and moves what
 * healthy is. Cost O(columns x blocks^3).
 */
export function assessStability(policy: Policy, grid: Grid, days: readonly Partition[]): Stability {
  const measured = judgedColumns(policy, grid).map((column) => measureStability(column, columnDays(days, column.name), blockDays(policy)));
  const known = measured.flatMap((unrests) => unrests ?? []);
  if (known.length === 0) return { outcome: 'inconclusive', says: 'The days are too few to tell whether they are steady.' };

  const flaws = [...flawsOf(policy, known, 'odd'), ...flawsOf(policy, known, 'trend')].sort((a, b) => reach(b) - reach(a));
  if (flaws.length === 0) return { outcome: 'pass', says: 'No column has a trend, and no part is unlike the others.' };
  const named = flaws.slice(0, namedAtMost).map(sayFlaw);
  const more = flaws.length - named.length;
  return { outcome: 'fail', says: `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}.` };
}

/** Blocks in which everything that recurs weighs the same. */
function blockDays({ baseline: { season }, watch: { windowDays } }: Policy): number {
  if (season === 'none') return windowDays;
  const period = season === 'dayOfMonth' ? 28 : 7;
  return Math.ceil(windowDays / period) * period;
}

function judgedColumns({ columns }: Policy, grid: Grid): GridColumn[] {
  const watched = grid.columns.filter(({ name }) => !columns.ignored.includes(name));
  return columns.critical.length === 0
    ? watched
    : watched.filter(({ name, role }) => role !== 'feature' || columns.critical.includes(name));
}

function flawsOf(policy: Policy, all: readonly Unrest[], kind: Unrest['kind']): Flaw[] {
  const family = all.filter((unrest) => unrest.kind === kind);
  const adjusted = benjaminiHochberg(family.map(({ pValue }) => pValue));
  return family.flatMap((unrest, at) => {
    const adjustedPValue = adjusted[at] as number;
    if (adjustedPValue > level) return [];
    const effect = leadingEffect(unrest.column, unrest.measureEffect(), policy.watch.effects);
    return effect === undefined || effect.value < effect.threshold ? [] : [{ ...unrest, effect, adjustedPValue }];
  });
}

function reach({ effect }: Flaw): number {
  return effect.threshold === 0 ? Infinity : effect.value / effect.threshold;
}

function sayFlaw({ column, kind, from, to, effect, adjustedPValue }: Flaw): string {
  const far = `${sayNumber(effect.value)} ${judgedEffects[effect.name].said} (as far as ${sayNumber(effect.threshold)} is an alarm)`;
  const sure = `p = ${sayP(adjustedPValue)}`;
  if (kind === 'trend') return `${column.name} has a trend, by ${far} from the first third to the last, ${sure}`;
  return `${column.name} ${from === to ? `on ${from}` : `from ${from} to ${to}`} is unlike the other days, by ${far}, ${sure}`;
}
