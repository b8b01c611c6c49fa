const termsBetweenCarries = 2048;

/**
 * A sum of whole numbers below 2^42 each: exact in doubles over up to 2,048 terms, then carried into a BigInt.
 *
 * Cost O(1) a term.
 */
export class ExactSum {
  #carried = 0n;
  #pending = 0;
  #terms = 0;

  add(term: number): void {
    this.#pending += term;
    if (++this.#terms === termsBetweenCarries) this.#carry();
  }

  /** Decimal digits. */
  text(): string {
    this.#carry();
    return String(this.#carried);
  }

  #carry(): void {
    this.#carried += BigInt(this.#pending);
    this.#pending = 0;
    this.#terms = 0;
  }
}
