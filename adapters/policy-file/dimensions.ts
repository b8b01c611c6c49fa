import { slicesOf } from '../../domain/grid/slices-of.ts';
import type { Dimension } from '../../domain/policy/dimension.ts';
import type { PolicyFile } from './schema.ts';

type FileSegments = NonNullable<PolicyFile['segments']>;

/** Segments as a person writes them, a list of values under the column's own name, turned into dimensions. */
export function dimensionsOf(segments: FileSegments): Dimension[] {
  return Object.entries(segments).map(([name, written]): Dimension => {
    if (Array.isArray(written)) return { by: 'values', name, column: name, values: written.map(String) };
    return 'cross' in written ? { by: 'cross', name, of: written.cross } : { name, ...written };
  });
}

/** The slice a person means: by its whole name, or by its value alone where only one dimension has it. */
export function sliceNamed(dimensions: readonly Dimension[], name: string): string | undefined {
  const slices = slicesOf(dimensions);
  const whole = slices.find((slice) => slice.name === name);
  if (whole !== undefined) return whole.name;
  const valued = dimensions.filter((dimension) => dimension.by === 'values' && dimension.values.includes(name));
  return valued.length === 1 ? `${valued[0]?.name}=${name}` : undefined;
}
