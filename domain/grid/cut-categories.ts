import type { CategoricalSample } from './column-sample.ts';
import type { CategoricalColumn } from './grid.ts';

const mostCategories = 10_000;

/** Categories of a sample, most frequent first, ties by name; at most 10,000. All others share the last cell, which has no name. */
export function cutCategories(sample: CategoricalSample): CategoricalColumn {
  const counts = new Map<string, number>();
  for (const value of sample.values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const categories = [...counts]
    .sort(([name, count], [otherName, otherCount]) => otherCount - count || (name < otherName ? -1 : 1))
    .slice(0, mostCategories)
    .map(([name]) => name);
  const { name, role, kind, of } = sample;
  return { name, role, kind, ...(of && { of }), categories };
}
