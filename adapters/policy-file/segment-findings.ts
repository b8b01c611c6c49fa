import { leafCount, mostLeaves, mostSlices, slicesOf } from '../../domain/grid/slices-of.ts';
import type { Dimension } from '../../domain/policy/dimension.ts';
import { dimensionsOf, sliceNamed } from './dimensions.ts';
import { policyFile } from './schema.ts';

interface SegmentFinding {
  readonly path: readonly (string | number)[];
  readonly mark: 'key' | 'value';
  readonly says: string;
  readonly remedy: string;
}

/** What is wrong with segments that can each be read: names that lead nowhere, names of two, and more than can be counted. */
export function segmentFindings(written: unknown, limits: unknown, fairness: unknown): SegmentFinding[] {
  const read = policyFile.shape.segments.safeParse(written);
  if (!read.success) return [];
  const dimensions = dimensionsOf(read.data ?? {});
  return [
    ...crossings(dimensions),
    ...repeated(dimensions),
    ...tooMany(dimensions),
    ...unknownLimits(dimensions, limits),
    ...unknownGroups(dimensions, fairness),
  ];
}

function crossings(dimensions: readonly Dimension[]): SegmentFinding[] {
  const plain = dimensions.flatMap(({ by, name }) => (by === 'cross' ? [] : [name]));
  return dimensions.flatMap((dimension) => {
    if (dimension.by !== 'cross') return [];
    const path = ['segments', dimension.name, 'cross'];
    if (dimension.of[0] === dimension.of[1]) {
      return [{ path, mark: 'value' as const, says: `${dimension.of[0]} is crossed with itself`, remedy: 'Name two different segments.' }];
    }
    return dimension.of.flatMap((name, index) =>
      plain.includes(name)
        ? []
        : [
            {
              path: [...path, index],
              mark: 'value' as const,
              says: `${name} is no segment that can be crossed`,
              remedy: `Name two of the segments that are values or a range${plain.length === 0 ? '.' : `: ${plain.join(', ')}.`}`,
            },
          ],
    );
  });
}

/** Crossings are looked at when all else has its own name: what repeats there would repeat in each of them. */
function repeated(dimensions: readonly Dimension[]): SegmentFinding[] {
  const plain = repeatedAmong(dimensions.filter(({ by }) => by !== 'cross'));
  return plain.length > 0 ? plain : repeatedAmong(dimensions);
}

function repeatedAmong(dimensions: readonly Dimension[]): SegmentFinding[] {
  const slices = slicesOf(dimensions);
  const again = slices.filter(({ name }, index) => slices.findIndex((other) => other.name === name) < index);
  return again.map(({ name, dimension }) => ({
    path: ['segments', dimension],
    mark: 'key',
    says: `two segments are named ${name}`,
    remedy: 'Name each value once.',
  }));
}

function tooMany(dimensions: readonly Dimension[]): SegmentFinding[] {
  const [slices, leaves] = [slicesOf(dimensions).length, leafCount(dimensions)];
  if (slices <= mostSlices && leaves <= mostLeaves) return [];
  return [
    {
      path: ['segments'],
      mark: 'key',
      says: `the segments make ${slices} slices of ${leaves} leaves; at most ${mostSlices} and ${mostLeaves} can be counted`,
      remedy:
        'Name fewer values, or leave a segment out. Leaves are how the segments can meet: the product of the number of values of each, and one more for all other rows.',
    },
  ];
}

function unknownLimits(dimensions: readonly Dimension[], limits: unknown): SegmentFinding[] {
  if (typeof limits !== 'object' || limits === null) return [];
  const names = slicesOf(dimensions).map(({ name }) => name);
  const meant = new Map<string, string>();
  return Object.keys(limits).flatMap((name): SegmentFinding[] => {
    const path = ['performance', 'segments', name];
    const slice = sliceNamed(dimensions, name);
    if (slice === undefined) {
      const remedy = names.length === 0 ? 'Declare it under segments first.' : `Write one of ${names.slice(0, 12).join(', ')}.`;
      return [{ path, mark: 'key', says: `${name} is no segment`, remedy }];
    }
    const before = meant.get(slice);
    meant.set(slice, name);
    if (before === undefined) return [];
    return [{ path, mark: 'key', says: `${before} and ${name} are the same segment`, remedy: 'Write one of the two.' }];
  });
}

function unknownGroups(dimensions: readonly Dimension[], fairness: unknown): SegmentFinding[] {
  const by = typeof fairness === 'object' && fairness !== null && 'by' in fairness ? fairness.by : [];
  const names = dimensions.filter((dimension) => slicesOf(dimensions).filter((slice) => slice.dimension === dimension.name).length > 1);
  const remedy =
    names.length === 0
      ? 'Declare its groups under segments first: two values of a column or more.'
      : `Write one of ${names.map(({ name }) => name).join(', ')}.`;
  return (Array.isArray(by) ? by : []).flatMap((name, index) =>
    names.some((dimension) => dimension.name === name)
      ? []
      : [{ path: ['fairness', 'by', index], mark: 'value' as const, says: `${name} is no segment of two groups or more`, remedy }],
  );
}
