/** Where artefacts live. Objects are written once and never change; absence is an answer, not an error. */
export interface Store {
  /** Exactly one of any number of concurrent writers of a key is told `written`; readers see its bytes or nothing. */
  put(key: string, bytes: Uint8Array): Promise<'written' | 'existed'>;
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys that begin with the prefix, in ascending order of their UTF-8 bytes. */
  list(prefix: string): AsyncIterable<string>;
}
