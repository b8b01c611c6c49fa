import { logLoss } from '../performance/metrics/log-loss.ts';
import type { ClassLossCounts } from './entry.ts';
import { ExactSum } from './exact-sum.ts';
import { inParts } from './parts.ts';

/**
 * Adds up what the scores of all classes together cost: -ln of the score of the class that came, and the squares of all scores' distances from
 * 1 for that class and 0 for the others. Scores are taken as they are, whatever they add up to; a class that came without a score had 0.
 *
 * Cost O(classes) a row.
 */
export class ClassLossSum {
  readonly #names: readonly string[];
  #rows = 0;
  #improbable = 0;
  readonly #logLoss = new ExactSum();
  readonly #squared = new ExactSum();

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** @param scores of the classes, in their order; a row that lacks one is left out */
  add(scores: readonly (number | undefined)[], label: string, sign: 1 | -1): void {
    if (!isComplete(scores)) return;
    this.#rows += sign;
    if (scores.some((score) => score < 0 || score > 1)) {
      this.#improbable += sign;
      return;
    }
    const came = this.#names.indexOf(label);
    this.#logLoss.add(sign * inParts(logLoss(scores[came] ?? 0, true)));
    for (const [place, score] of scores.entries()) this.#squared.add(sign * (inParts(score) - inParts(place === came ? 1 : 0)) ** 2);
    if (came < 0) this.#squared.add(sign * inParts(1) ** 2);
  }

  counts(): ClassLossCounts {
    return { rows: this.#rows, improbable: this.#improbable, logLoss: this.#logLoss.text(), squaredError: this.#squared.text() };
  }
}

function isComplete(scores: readonly (number | undefined)[]): scores is readonly number[] {
  return scores.every((score) => score !== undefined);
}
