import type { Cell } from '../../../domain/serving/scorer.port.ts';

/** A DuckDB value as JSON carries it: big integers as numbers, instants as ISO text, what is no finite number as null. */
export function asCell(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  return value === null || value === undefined ? null : String(value);
}
