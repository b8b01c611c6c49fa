/** [A12] */
const criticalAtMost = 10;

/** Names of the columns of greatest importance, at most ten, the greatest first, ties by name; those of none and those left out are not among them. */
export function mostImportant(importance: Readonly<Record<string, number>>, ignored: readonly string[] = []): string[] {
  return Object.entries(importance)
    .filter(([name, value]) => value > 0 && !ignored.includes(name))
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, criticalAtMost)
    .map(([name]) => name);
}
