import { readFileSync } from 'node:fs';
import { sharedData } from '../shared-data.ts';

export interface Vector {
  readonly id: string;
  readonly fn: string;
  // biome-ignore lint/suspicious/noExplicitAny: each peer's inputs have a shape of their own
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: each peer's outputs have a shape of their own
  readonly expected: any;
  readonly tol_abs?: number;
  /** Figures beside the expected one, where the vector has them. */
  readonly observed_tvd?: number;
  readonly crosscheck_welch?: number;
}

/** Input and output pairs of a peer's own tests, names of data resolved; undefined where the data are absent. */
export function vectors(peer: string): readonly Vector[] | undefined {
  const file = sharedData(`vectors/${peer}.json`);
  if (file === undefined) return undefined;
  const { cases, data = {} } = JSON.parse(readFileSync(file, 'utf8'));
  const resolve = (value: unknown) => (typeof value === 'string' && value.startsWith('@') ? data[value.slice(1)] : value);
  return cases.map((vector: Vector) => ({
    ...vector,
    input: Object.fromEntries(Object.entries(vector.input).map(([name, value]) => [name, resolve(value)])),
  }));
}

/** Counts of the same categories in the same order. */
export function countBoth(one: readonly unknown[], other: readonly unknown[]): [number[], number[]] {
  const categories = [...new Set([...one, ...other])];
  const count = (sample: readonly unknown[]) => categories.map((category) => sample.filter((value) => value === category).length);
  return [count(one), count(other)];
}
