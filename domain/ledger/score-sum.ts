import { cellFinder } from '../grid/cell-finder.ts';
import { logLoss } from '../performance/metrics/log-loss.ts';
import type { ScoreCounts } from './entry.ts';
import { ExactSum } from './exact-sum.ts';
import { inParts } from './parts.ts';

/** The class predictions carry a score of, and the inner edges of the cells scores are counted in. */
export interface ScoredClass {
  readonly positive: string;
  readonly edges: readonly number[];
}

/** @returns a maker of sums, one for each partition; they share the table that finds cells */
export function scoreSums({ positive, edges }: ScoredClass): () => ScoreSum {
  const cellOf = cellFinder(edges);
  return () => new ScoreSum(positive, edges.length + 1, cellOf);
}

/** Adds up scores and outcomes. A score in 0…1 is taken as a probability, rounded to 2^-20 in all but its log loss. */
export class ScoreSum {
  readonly #positive: string;
  readonly #cellOf: (value: number) => number;
  readonly #positives: Float64Array;
  readonly #negatives: Float64Array;
  readonly #sums: Float64Array;
  readonly #logLoss = new ExactSum();
  readonly #squared = new ExactSum();
  #improbable = 0;

  constructor(positive: string, cells: number, cellOf: (value: number) => number) {
    this.#positive = positive;
    this.#cellOf = cellOf;
    this.#positives = new Float64Array(cells);
    this.#negatives = new Float64Array(cells);
    this.#sums = new Float64Array(cells);
  }

  add(score: number, label: string, sign: 1 | -1): void {
    const isPositive = label === this.#positive;
    const cell = this.#cellOf(score);
    const counts = isPositive ? this.#positives : this.#negatives;
    counts[cell] = (counts[cell] as number) + sign;
    if (score < 0 || score > 1) {
      this.#improbable += sign;
      return;
    }
    const probability = inParts(score);
    this.#sums[cell] = (this.#sums[cell] as number) + sign * probability;
    this.#logLoss.add(sign * inParts(logLoss(score, isPositive)));
    this.#squared.add(sign * (probability - inParts(isPositive ? 1 : 0)) ** 2);
  }

  counts(): ScoreCounts {
    return {
      positives: [...this.#positives],
      negatives: [...this.#negatives],
      improbable: this.#improbable,
      sums: [...this.#sums],
      logLoss: this.#logLoss.text(),
      squaredError: this.#squared.text(),
    };
  }
}
