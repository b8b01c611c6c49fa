/**
 * The sum of all items and the sums with each of them left out, by running sums from either end.
 *
 * Cost 3 additions an item. Undefined without items; of one item nothing is left, so `without` is then empty.
 */
export function leaveOneOut<T>(
  items: readonly T[],
  add: (one: T, other: T) => T,
): { readonly all: T; readonly without: readonly T[] } | undefined {
  const upTo = runningSums(items, add);
  const from = runningSums(items.toReversed(), (one, other) => add(other, one)).toReversed();
  const all = upTo.at(-1);
  if (all === undefined) return undefined;
  const without: T[] = [];
  for (const left of items.keys()) {
    const [before, after] = [upTo[left - 1], from[left + 1]];
    const rest = before !== undefined && after !== undefined ? add(before, after) : (before ?? after);
    if (rest !== undefined) without.push(rest);
  }
  return { all, without };
}

function runningSums<T>(items: readonly T[], add: (one: T, other: T) => T): T[] {
  const sums: T[] = [];
  for (const item of items) {
    const before = sums.at(-1);
    sums.push(before === undefined ? item : add(before, item));
  }
  return sums;
}
