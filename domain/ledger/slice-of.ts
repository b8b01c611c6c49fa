import type { Partition } from './entry.ts';

/** The partitions of one slice alone, on the columns' coarse cells; those without a row of it are left out. */
export function sliceOf(partitions: readonly Partition[], name: string): Partition[] {
  return partitions.flatMap(({ day, version, slices }) => {
    const slice = slices?.[name];
    return slice === undefined ? [] : [{ day, version, ...slice }];
  });
}
