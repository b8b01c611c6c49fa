import { type Counts, total } from './counts.ts';

/** Which cells are counted together: a partition of the cells' indices. */
export type CellGroups = readonly (readonly number[])[];

export interface GroupRule {
  readonly atMost: number;
  /** Least share of the baseline's rows a group must hold, 0…1. */
  readonly minimumShare: number;
}

export function mergeCells(counts: Counts, groups: CellGroups): number[] {
  return groups.map((cells) => cells.reduce((sum, cell) => sum + (counts[cell] as number), 0));
}

/**
 * Neighbouring cells gathered into groups of about equal mass of the baseline. A cell heavier than its part is a group of its own;
 * a group under the minimum joins its lighter neighbour.
 *
 * Look only at the baseline's counts, never at the window's: groups chosen by what they are to test make the test a lie.
 */
export function groupByMass(baseline: Counts, rule: GroupRule): CellGroups {
  const part = total(baseline) / rule.atMost;
  const groups: number[][] = [];
  let open: number[] = [];
  let mass = 0;
  for (let cell = 0; cell < baseline.length; cell += 1) {
    const count = baseline[cell] as number;
    if (open.length > 0 && mass > 0 && mass + count / 2 > part) {
      groups.push(open);
      open = [];
      mass = 0;
    }
    open.push(cell);
    mass += count;
  }
  if (open.length > 0) groups.push(open);
  return joinSmall(groups, baseline, rule, lighterNeighbour);
}

/**
 * The most frequent categories each for itself, all others together; a group under the minimum joins the lightest other one. The last
 * cell is always among the others: it has no name but holds whatever has no cell of its own.
 */
export function groupByFrequency(baseline: Counts, rule: GroupRule): CellGroups {
  const last = baseline.length - 1;
  const named = baseline.map((_, cell) => cell).slice(0, last);
  const falling = named.sort((a, b) => (baseline[b] as number) - (baseline[a] as number) || a - b);
  const singles = falling.slice(0, rule.atMost - 1).map((cell) => [cell]);
  return joinSmall([...singles, [...falling.slice(rule.atMost - 1), last]], baseline, rule, lightestOther);
}

type ChooseHost = (masses: readonly number[], small: number) => number;

function joinSmall(groups: readonly number[][], baseline: Counts, rule: GroupRule, chooseHost: ChooseHost): CellGroups {
  const joined = groups.map((cells) => [...cells]);
  const rows = total(baseline);
  while (joined.length > 1) {
    const masses = mergeCells(baseline, joined);
    const least = Math.min(...masses);
    if (least >= rule.minimumShare * rows && joined.length <= rule.atMost) break;
    const small = masses.indexOf(least);
    const host = chooseHost(masses, small);
    (joined[host] as number[]).push(...(joined[small] as number[]));
    joined.splice(small, 1);
  }
  return joined;
}

const lighterNeighbour: ChooseHost = (masses, small) => {
  const [before, after] = [masses[small - 1] ?? Infinity, masses[small + 1] ?? Infinity];
  return before <= after ? small - 1 : small + 1;
};

const lightestOther: ChooseHost = (masses, small) => {
  let host = small === 0 ? 1 : 0;
  for (const [group, mass] of masses.entries()) if (group !== small && mass < (masses[host] as number)) host = group;
  return host;
};
