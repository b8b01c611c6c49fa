import type { Dimension, PlainDimension } from '../policy/dimension.ts';

/** Rows that are told apart from all others: a part of one dimension, or of two at once. */
export interface Slice {
  /** `plan=pro`, `new`, `plan=pro & new`. */
  readonly name: string;
  readonly dimension: string;
  /** Place among the plain dimensions, and part counted from 1: a row is in the slice when it is in all of these. */
  readonly within: readonly (readonly [place: number, part: number])[];
}

/** Most slices and leaves that are counted. */
export const mostSlices = 64;
export const mostLeaves = 256;

export function plainDimensions(dimensions: readonly Dimension[]): PlainDimension[] {
  return dimensions.filter((dimension) => dimension.by !== 'cross');
}

/** All slices of some dimensions, in their order. A crossing of what is not there, or is crossed itself, has none. */
export function slicesOf(dimensions: readonly Dimension[]): Slice[] {
  const plain = plainDimensions(dimensions);
  const partsOf = (name: string) => {
    const place = plain.findIndex((dimension) => dimension.name === name);
    return place < 0
      ? []
      : partNames(plain[place] as PlainDimension).map((part, index) => ({ name: part, at: [place, index + 1] as const }));
  };
  return dimensions.flatMap((dimension) => {
    if (dimension.by !== 'cross') {
      return partsOf(dimension.name).map(({ name, at }): Slice => ({ name, dimension: dimension.name, within: [at] }));
    }
    const [one, other] = dimension.of.map(partsOf) as [ReturnType<typeof partsOf>, ReturnType<typeof partsOf>];
    return one.flatMap((a) =>
      other.map((b): Slice => ({ name: `${a.name} & ${b.name}`, dimension: dimension.name, within: [a.at, b.at] })),
    );
  });
}

function partNames(dimension: PlainDimension): string[] {
  return dimension.by === 'values' ? dimension.values.map((value) => `${dimension.name}=${value}`) : [dimension.name];
}

/** Parts of a plain dimension, with the one of all rows that are in none: part 0. */
function sizeOf(dimension: PlainDimension): number {
  return partNames(dimension).length + 1;
}

/** In how many ways a row can lie in all the plain dimensions at once. Each row is in one leaf; a slice is a union of leaves. */
export function leafCount(dimensions: readonly Dimension[]): number {
  return plainDimensions(dimensions).reduce((leaves, dimension) => leaves * sizeOf(dimension), 1);
}

/** How much one part more of each plain dimension adds to the number of a leaf. */
export function leafStrides(dimensions: readonly Dimension[]): number[] {
  let stride = 1;
  return plainDimensions(dimensions).map((dimension) => {
    const own = stride;
    stride *= sizeOf(dimension);
    return own;
  });
}

/** The leaves each slice is made of. Cost O(slices × leaves). */
export function leavesOfSlices(dimensions: readonly Dimension[]): { readonly slice: Slice; readonly leaves: readonly number[] }[] {
  const strides = leafStrides(dimensions);
  const sizes = plainDimensions(dimensions).map(sizeOf);
  const leaves = Array.from({ length: leafCount(dimensions) }, (_, leaf) => leaf);
  const partIn = (leaf: number, place: number) => Math.floor(leaf / (strides[place] as number)) % (sizes[place] as number);
  return slicesOf(dimensions).map((slice) => ({
    slice,
    leaves: leaves.filter((leaf) => slice.within.every(([place, part]) => partIn(leaf, place) === part)),
  }));
}
