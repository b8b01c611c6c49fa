import type { Partition } from './entry.ts';

/** A partition without its columns: many days of them are held at once where only their outcomes are asked for. */
export function outcomesAlone({ slices, ...partition }: Partition): Partition {
  const bare = slices && Object.fromEntries(Object.entries(slices).map(([name, slice]) => [name, { ...slice, columns: {} }]));
  return { ...partition, columns: {}, ...(bare && { slices: bare }) };
}
