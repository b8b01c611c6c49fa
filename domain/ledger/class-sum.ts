import type { OutcomeCounts } from './entry.ts';
import type { Answer, OutcomeSum } from './outcome-sum.ts';
import { type ScoredClass, type ScoreSum, scoreSums } from './score-sum.ts';

const mostInTable = 32;

/**
 * @param classes that are told apart; all others are pooled. Absent: only right and wrong are
 * @param scored  set where predictions carry the score of a class
 * @returns a maker of sums for predicted classes
 */
export function classSums(classes: readonly string[] | undefined, scored: ScoredClass | undefined): () => OutcomeSum {
  const scores = scored && scoreSums(scored);
  if (classes === undefined) return () => new ClassSum(undefined, scores?.());
  const places = new Map(classes.map((name, place) => [name, place]));
  const table = () => (classes.length <= mostInTable ? new ConfusionTable(places) : new WideTotals(places));
  return () => new ClassSum(table(), scores?.());
}

class ClassSum implements OutcomeSum {
  #matched = 0;
  #correct = 0;
  readonly #table: ConfusionTable | WideTotals | undefined;
  readonly #scores: ScoreSum | undefined;

  constructor(table: ConfusionTable | WideTotals | undefined, scores: ScoreSum | undefined) {
    this.#table = table;
    this.#scores = scores;
  }

  add(prediction: Answer, label: Answer, sign: 1 | -1, score?: number): void {
    this.#matched += sign;
    if (prediction === label) this.#correct += sign;
    this.#table?.add(String(prediction), String(label), sign);
    if (score !== undefined) this.#scores?.add(score, String(label), sign);
  }

  counts(): OutcomeCounts {
    return {
      matched: this.#matched,
      correct: this.#correct,
      ...this.#table?.counts(),
      ...(this.#scores && { scores: this.#scores.counts() }),
    };
  }
}

/** Rows by true and predicted class. */
class ConfusionTable {
  readonly #places: ReadonlyMap<string, number>;
  readonly #cells: Float64Array;

  constructor(places: ReadonlyMap<string, number>) {
    this.#places = places;
    this.#cells = new Float64Array((places.size + 1) * (places.size + 2));
  }

  add(prediction: string, label: string, sign: 1 | -1): void {
    const pooled = this.#places.size;
    const row = this.#places.get(label) ?? pooled;
    const column = this.#places.get(prediction) ?? (prediction === label ? pooled : pooled + 1);
    const cell = row * (pooled + 2) + column;
    this.#cells[cell] = (this.#cells[cell] as number) + sign;
  }

  counts(): Pick<OutcomeCounts, 'confusion'> {
    return { confusion: [...this.#cells] };
  }
}

/** Three totals of each class, where a table would grow with their square. */
class WideTotals {
  readonly #places: ReadonlyMap<string, number>;
  readonly #right: Float64Array;
  readonly #actual: Float64Array;
  readonly #predicted: Float64Array;

  constructor(places: ReadonlyMap<string, number>) {
    this.#places = places;
    this.#right = new Float64Array(places.size + 1);
    this.#actual = new Float64Array(places.size + 1);
    this.#predicted = new Float64Array(places.size + 1);
  }

  add(prediction: string, label: string, sign: 1 | -1): void {
    const actual = this.#places.get(label) ?? this.#places.size;
    const predicted = this.#places.get(prediction) ?? this.#places.size;
    this.#actual[actual] = (this.#actual[actual] as number) + sign;
    this.#predicted[predicted] = (this.#predicted[predicted] as number) + sign;
    if (prediction === label) this.#right[actual] = (this.#right[actual] as number) + sign;
  }

  counts(): Pick<OutcomeCounts, 'classes'> {
    return { classes: { right: [...this.#right], actual: [...this.#actual], predicted: [...this.#predicted] } };
  }
}
