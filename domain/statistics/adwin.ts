import { type ChangeDetector, finite } from './change-detector.ts';

export interface AdwinState {
  /** The window, oldest first: stretches of 1, 2, 4, … values, no shorter one before a longer one. */
  readonly stretches: readonly Stretch[];
}

interface Stretch {
  readonly values: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly squares: number;
}

const mostOfOneLength = 5;
const fewestInAPart = 5;

/**
 * Adaptive windowing: keeps as long a window of newest values as has one mean. When an older and a newer part of it differ by more than
 * the cut below, old values are dropped until none do, and a change is told; rises and falls alike.
 *
 * cut = sqrt(2 s^2 ln(2/d) / m) + 2 ln(2/d) / (3m), with s^2 the variance of the window (ddof 0), 1/m = 1/n0 + 1/n1 and
 * d = delta / ln n. Every end of a stretch with five values on both sides is tried, after every value.
 *
 * Values are to span about 0…1. `delta` is then about the chance of a false alarm at one value; the published bound is proved for a
 * wider cut (d = delta / n, without the variance), and none holds over many looks. The e-detector states one.
 *
 * @param delta 0…1, customarily 0.002
 *
 * Cost O(log n) memory and O(log² n) time a value. Source: Bifet & Gavaldà, "Learning from time-changing data with adaptive windowing", 2007.
 */
export function adwin(delta: number): ChangeDetector<AdwinState> {
  return {
    start: { stretches: [] },
    observe({ stretches }, value) {
      const window = mergeOldest([...stretches, { values: 1, mean: finite(value), squares: 0 }], 1);
      const kept = dropOld(window, delta);
      return { state: { stretches: kept }, changed: kept.length < window.length };
    },
  };
}

/** Where too many stretches have one length, the two oldest of them become one of twice the length. */
function mergeOldest(stretches: readonly Stretch[], length: number): readonly Stretch[] {
  const first = stretches.findIndex(({ values }) => values === length);
  const sameLength = stretches.filter(({ values }) => values === length).length;
  if (sameLength <= mostOfOneLength) return stretches;
  const [older, newer] = stretches.slice(first, first + 2) as [Stretch, Stretch];
  return mergeOldest(stretches.toSpliced(first, 2, join(older, newer)), 2 * length);
}

function dropOld(stretches: readonly Stretch[], delta: number): readonly Stretch[] {
  let kept = stretches;
  while (hasTwoMeans(kept, delta)) kept = kept.slice(1);
  return kept;
}

function hasTwoMeans(stretches: readonly Stretch[], delta: number): boolean {
  if (stretches.length < 2) return false;
  const whole = stretches.reduce(join);
  const doubt = Math.log((2 * Math.log(whole.values)) / delta);
  let older: Stretch | undefined;
  for (const stretch of stretches) {
    older = older === undefined ? stretch : join(older, stretch);
    const newer = whole.values - older.values;
    if (newer < fewestInAPart) return false;
    if (older.values < fewestInAPart) continue;
    const perValue = 1 / older.values + 1 / newer;
    const cut = Math.sqrt(2 * perValue * (whole.squares / whole.values) * doubt) + (2 / 3) * perValue * doubt;
    const newerMean = (whole.mean * whole.values - older.mean * older.values) / newer;
    if (Math.abs(older.mean - newerMean) > cut) return true;
  }
  return false;
}

function join(one: Stretch, other: Stretch): Stretch {
  const values = one.values + other.values;
  const apart = other.mean - one.mean;
  return {
    values,
    mean: one.mean + (apart * other.values) / values,
    squares: one.squares + other.squares + (apart * apart * one.values * other.values) / values,
  };
}
