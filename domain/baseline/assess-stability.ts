import { columnDays } from '../drift/column-day.ts';
import { flawEffect } from '../drift/flaw-effect.ts';
import { flawInWords } from '../drift/flaw-in-words.ts';
import { judgedEffects } from '../drift/judged-effect.ts';
import { type LeadingEffect, leadingEffect } from '../drift/leading-effect.ts';
import type { Grid, GridColumn } from '../grid/grid.ts';
import type { Outcome } from '../identity/outcome.ts';
import type { Partition } from '../ledger/entry.ts';
import { columnsInRole } from '../policy/columns-in-role.ts';
import type { Policy } from '../policy/policy.ts';
import { sayNumber, sayP, sayShare } from '../report/say-number.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { type FlawUnrest, measureFlawStability } from './measure-flaw-stability.ts';
import { measureStability, type Unrest } from './measure-stability.ts';

/** Chance that days which are steady are called unsteady, for each of the two questions. */
const level = 0.01;
const namedAtMost = 3;

export interface Stability {
  /** `inconclusive`: the days are too few to tell. */
  readonly outcome: Outcome;
  readonly says: string;
}

/** Something that is sure and as far as an alarm. */
interface Objection {
  /** How many times as far as an alarm. */
  readonly reach: number;
  readonly says: string;
}

/**
 * Whether days are steady enough to be a baseline. They are not when a column, or the share of its rows that are missing or flawed, has a
 * trend, or when one block is not like the others, and what moved is as far as the policy calls an alarm. The blocks are those a check
 * would be tested against; p-values are adjusted by Benjamini–Hochberg over all columns and flaws (and blocks), and must be at most .01.
 *
 * Judged are the critical columns, predictions and scores; where the policy names no critical column, all that it does not ignore.
 *
 * A trend inside a baseline widens what its blocks explain, so that real shifts stay below it; an odd block does the same and moves what
 * healthy is. Cost O(columns x blocks^3).
 */
export function assessStability(policy: Policy, grid: Grid, days: readonly Partition[]): Stability {
  const length = blockDays(policy);
  const known = judgedColumns(policy, grid).flatMap((column): (Unrest | FlawUnrest)[] => {
    const own = columnDays(days, column.name);
    return [...(measureStability(column, own, length) ?? []), ...measureFlawStability(column, own, length)];
  });
  if (known.length === 0) return { outcome: 'inconclusive', says: 'The days are too few to tell whether they are steady.' };

  const objections = [...objectionsOf(policy, known, 'odd'), ...objectionsOf(policy, known, 'trend')].sort((a, b) => b.reach - a.reach);
  if (objections.length === 0) return { outcome: 'pass', says: 'No column has a trend, and no part is unlike the others.' };
  const named = objections.slice(0, namedAtMost).map(({ says }) => says);
  const more = objections.length - named.length;
  return { outcome: 'fail', says: `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}.` };
}

/** Blocks in which everything that recurs weighs the same. */
function blockDays({ baseline: { season }, watch: { windowDays } }: Policy): number {
  if (season === 'none') return windowDays;
  const period = season === 'dayOfMonth' ? 28 : 7;
  return Math.ceil(windowDays / period) * period;
}

function judgedColumns(policy: Policy, grid: Grid): GridColumn[] {
  const { columns } = policy;
  const watched = columnsInRole(grid, policy).filter(({ name }) => !columns.ignored.includes(name));
  return columns.critical.length === 0
    ? watched
    : watched.filter(({ name, role }) => role !== 'feature' || columns.critical.includes(name));
}

function objectionsOf(policy: Policy, all: readonly (Unrest | FlawUnrest)[], kind: Unrest['kind']): Objection[] {
  const family = all.filter((unrest) => unrest.kind === kind);
  const adjusted = benjaminiHochberg(family.map(({ pValue }) => pValue));
  return family.flatMap((unrest, at) => {
    const adjustedPValue = adjusted[at] as number;
    if (adjustedPValue > level) return [];
    const objection = 'flaw' in unrest ? ofFlaw(policy, unrest, adjustedPValue) : ofValues(policy, unrest, adjustedPValue);
    return objection.reach < 1 ? [] : [objection];
  });
}

function ofValues(policy: Policy, unrest: Unrest, adjustedPValue: number): Objection {
  const effect = leadingEffect(unrest.column, unrest.measureEffect(), policy.watch.effects);
  return effect === undefined
    ? { reach: 0, says: '' }
    : { reach: reachOf(effect.value, effect.threshold), says: sayValues(unrest, effect, adjustedPValue) };
}

function ofFlaw(policy: Policy, unrest: FlawUnrest, adjustedPValue: number): Objection {
  const threshold = policy.watch.effects[flawEffect[unrest.flaw]];
  return { reach: reachOf(Math.abs(unrest.share - unrest.before), threshold), says: sayFlawed(unrest, threshold, adjustedPValue) };
}

function reachOf(value: number, threshold: number): number {
  return threshold === 0 ? Infinity : value / threshold;
}

function sayValues({ column, kind, from, to }: Unrest, effect: LeadingEffect, adjustedPValue: number): string {
  const far = `${sayNumber(effect.value)} ${judgedEffects[effect.name].said} (as far as ${sayNumber(effect.threshold)} is an alarm)`;
  const sure = `p = ${sayP(adjustedPValue)}`;
  if (kind === 'trend') return `${column.name} has a trend, by ${far} from the first third to the last, ${sure}`;
  return `${column.name} ${sayPart(from, to)} is unlike the other days, by ${far}, ${sure}`;
}

function sayFlawed({ column, kind, flaw, from, to, share, before }: FlawUnrest, threshold: number, adjustedPValue: number): string {
  const sure = `(as far apart as ${sayShare(threshold)} is an alarm), p = ${sayP(adjustedPValue)}`;
  if (kind === 'trend')
    return `of ${column.name} rows that are ${flawInWords[flaw]} have a trend, from ${sayShare(before)} in the first third to ${sayShare(share)} in the last ${sure}`;
  return `of ${column.name} ${sayShare(share)} of rows are ${flawInWords[flaw]} ${sayPart(from, to)}, ${sayShare(before)} on the other days ${sure}`;
}

function sayPart(from: string, to: string): string {
  return from === to ? `on ${from}` : `from ${from} to ${to}`;
}
