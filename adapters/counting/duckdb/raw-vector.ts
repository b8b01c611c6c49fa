import type { DuckDBVector } from '@duckdb/node-api';

/**
 * Values as DuckDB holds them in memory, without an object or a call for each. The driver's vectors have them, although their types do
 * not say so. The memory is the chunk's, and good for as long as that is.
 */
interface RawVector {
  /** Bit by bit, from the lowest on: 1 where there is a value. Null where all rows have one. */
  readonly validity: { readonly data: BigUint64Array | null };
  /** Of numbers. */
  readonly items?: unknown;
  /** Of texts: 16 bytes each, as `string_t` of DuckDB lays them out. */
  readonly dataView?: unknown;
}

/** Copies the numbers of a vector of doubles that holds no nulls. */
export function copyNumbers(vector: DuckDBVector, target: Float64Array, from: number): void {
  const { items } = vector as unknown as RawVector;
  if (!(items instanceof Float64Array)) throw new TypeError('the vector does not hold doubles');
  target.set(items, from);
}

/** Four words for each text: its bytes, then the first twelve of it or, of a longer one, the first four and its address. */
export function textWords(vector: DuckDBVector): Int32Array {
  const { dataView } = vector as unknown as RawVector;
  if (!(dataView instanceof DataView)) throw new TypeError('the vector does not hold texts');
  return new Int32Array(dataView.buffer, dataView.byteOffset, vector.itemCount * 4);
}

/** A bit for each row, from the lowest of the first byte on: 1 where there is a value. Undefined where all rows have one. */
export function validBits(vector: DuckDBVector): Uint8Array | undefined {
  const { data } = (vector as unknown as RawVector).validity;
  return data === null ? undefined : new Uint8Array(data.buffer, data.byteOffset);
}
