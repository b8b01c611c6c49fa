import type { DuckDBVector } from '@duckdb/node-api';
import { absentCode } from './batch.ts';

/**
 * Values as DuckDB holds them in memory, without an object or a call for each. The driver's vectors have them, although their types do
 * not say so; what is returned is copied, because the memory is the chunk's.
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

const rowsPerChunk = 2048;
const slots = 2 * rowsPerChunk;
const wordsPerText = 4;
/** Code + 1 of the text whose hash leads to each slot; 0: free. Emptied before it is used. */
const table = new Int32Array(slots);
/** The row in which each code stands first. */
const firsts = new Int32Array(rowsPerChunk);

/**
 * Appends the texts of a vector that differ, each decoded once, and writes the places of all into `codes`. Up to 12 bytes stand in the
 * vector itself; of longer texts their address does, so one text may be listed more than once.
 */
export function readTexts(vector: DuckDBVector, texts: string[], codes: Int32Array, from: number): void {
  const { dataView, validity } = vector as unknown as RawVector;
  if (!(dataView instanceof DataView)) throw new TypeError('the vector does not hold texts');
  const words = new Int32Array(dataView.buffer, dataView.byteOffset, vector.itemCount * wordsPerText);
  const valid = validity.data === null ? undefined : new Uint8Array(validity.data.buffer, validity.data.byteOffset);
  const before = texts.length;
  table.fill(0);
  for (let row = 0; row < vector.itemCount; row++) {
    if (valid !== undefined && (((valid[row >> 3] as number) >> (row & 7)) & 1) === 0) {
      codes[from + row] = absentCode;
      continue;
    }
    const code = codeOf(words, row, texts.length - before);
    if (code === texts.length - before) texts.push(vector.getItem(row) as string);
    codes[from + row] = before + code;
  }
}

/** The code of the row's text; `next`, which it then has, when it was not met before. */
function codeOf(words: Int32Array, row: number, next: number): number {
  const at = row * wordsPerText;
  const [a, b, c, d] = [words[at] as number, words[at + 1] as number, words[at + 2] as number, words[at + 3] as number];
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ c, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ d, 0x27d4eb2f);
  for (let slot = (hash ^ (hash >>> 16)) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
    const code = (table[slot] as number) - 1;
    if (code < 0) {
      table[slot] = next + 1;
      firsts[next] = at;
      return next;
    }
    const first = firsts[code] as number;
    if (words[first] === a && words[first + 1] === b && words[first + 2] === c && words[first + 3] === d) return code;
  }
}
