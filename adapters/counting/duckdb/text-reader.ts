import type { DuckDBVector } from '@duckdb/node-api';
import { absentCode } from './batch.ts';
import { textWords, validBits } from './raw-vector.ts';

const wordsPerText = 4;
const mostInlineBytes = 12;
/** The list is begun anew between batches when it is longer: names that come again are few. */
const mostTexts = 4096;
const fewestSlots = 1024;

/**
 * Reads the texts of one column, chunk by chunk. Each that differs is decoded once and keeps its place in the list for as long as that stands.
 *
 * Up to 12 bytes of a text stand in the vector itself; of longer ones their address does, so they are told apart within a chunk only and may be
 * listed more than once.
 */
export class TextReader {
  /** Those that were read since the list was begun. */
  texts: string[] = [];
  /** Of each text what stood in the vector. */
  #keys = new Int32Array(wordsPerText * (fewestSlots / 2));
  /** Code + 1 of the text whose hash leads to each slot; 0: free. At most half of them are taken. */
  #slots = new Int32Array(fewestSlots);
  #hasAddresses = false;

  /** Before a batch: places in the list may change now. */
  beginBatch(): void {
    if (this.texts.length <= mostTexts) return;
    this.texts = [];
    this.#slots.fill(0);
    this.#hasAddresses = false;
  }

  /** Writes the place of each row's text into `codes`, from `from` on. */
  read(vector: DuckDBVector, codes: Int32Array, from: number): void {
    if (this.#hasAddresses) this.#rehash(this.#slots.length);
    const words = textWords(vector);
    const valid = validBits(vector);
    for (let row = 0; row < vector.itemCount; row++) {
      if (valid !== undefined && (((valid[row >> 3] as number) >> (row & 7)) & 1) === 0) {
        codes[from + row] = absentCode;
        continue;
      }
      const code = this.#codeOf(words, row * wordsPerText);
      codes[from + row] = code;
      if (code === this.texts.length) this.#list(vector.getItem(row) as string, words, row * wordsPerText);
    }
  }

  /** Code of the text at `at`; the next free one when it is not listed. */
  #codeOf(words: Int32Array, at: number): number {
    const keys = this.#keys;
    const slots = this.#slots;
    const [a, b, c, d] = [words[at] as number, words[at + 1] as number, words[at + 2] as number, words[at + 3] as number];
    for (let slot = hashOf(a, b, c, d) & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const code = (slots[slot] as number) - 1;
      if (code < 0) return this.texts.length;
      const key = code * wordsPerText;
      if (keys[key] === a && keys[key + 1] === b && keys[key + 2] === c && keys[key + 3] === d) return code;
    }
  }

  #list(text: string, words: Int32Array, at: number): void {
    const code = this.texts.length;
    if (2 * (code + 1) > this.#slots.length) {
      const keys = new Int32Array(2 * this.#keys.length);
      keys.set(this.#keys);
      this.#keys = keys;
      this.#rehash(2 * this.#slots.length, true);
    }
    this.texts.push(text);
    this.#keys.set(words.subarray(at, at + wordsPerText), code * wordsPerText);
    this.#hasAddresses ||= (words[at] as number) > mostInlineBytes;
    this.#take(code);
  }

  /** Enters the texts anew; addresses of another chunk are forgotten. */
  #rehash(slots: number, withAddresses = false): void {
    this.#slots = slots === this.#slots.length ? this.#slots.fill(0) : new Int32Array(slots);
    for (let code = 0; code < this.texts.length; code++)
      if (withAddresses || (this.#keys[code * wordsPerText] as number) <= mostInlineBytes) this.#take(code);
    this.#hasAddresses &&= withAddresses;
  }

  #take(code: number): void {
    const key = code * wordsPerText;
    const [a, b, c, d] = this.#keys.subarray(key, key + wordsPerText) as unknown as [number, number, number, number];
    let slot = hashOf(a, b, c, d) & (this.#slots.length - 1);
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
    this.#slots[slot] = code + 1;
  }
}

function hashOf(a: number, b: number, c: number, d: number): number {
  const mixed = (a + Math.imul(b, 0x9e3779b1) + Math.imul(c, 0x85ebca6b) + Math.imul(d, 0xc2b2ae35)) | 0;
  const hash = Math.imul(mixed ^ (mixed >>> 15), 0x27d4eb2f);
  return hash ^ (hash >>> 16);
}
