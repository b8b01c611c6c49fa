import { type Finding, pointerOf, valueAt } from './issues.ts';
import { Unreadable } from './scalars.ts';

export type Path = readonly (string | number)[];

/** A file's values as written; what cannot be read is as if it were not there. */
export interface Reader {
  raw(...path: Path): unknown;
  read<T>(by: (value: unknown) => T | Unreadable, ...path: Path): T | undefined;
}

export function readerOf(file: unknown): Reader {
  const raw = (...path: Path) => valueAt(file, path);
  return {
    raw,
    read(by, ...path) {
      const value = raw(...path);
      const held = value === undefined ? undefined : by(value);
      return held instanceof Unreadable ? undefined : held;
    },
  };
}

export function finding(path: readonly (string | number)[], says: string, remedy: string, mark: 'key' | 'value' = 'value'): Finding {
  return { pointer: pointerOf(path), mark, says, remedy };
}
