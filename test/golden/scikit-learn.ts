import { readFileSync } from 'node:fs';

type Figures = Readonly<Record<string, number>>;
type Side = 'candidate' | 'champion';

/** Rows, and what scikit-learn says of them; `days` numbers the day of each row but those of the ranking. */
export interface ScikitLearn {
  readonly days: readonly number[];
  readonly regression: Readonly<Record<'label' | Side, readonly number[]>> & {
    readonly expected: Readonly<Record<Side, Figures & { readonly absoluteErrorPercentiles: readonly number[] }>>;
    readonly worse: Readonly<Record<string, readonly [number, number]>>;
  };
  readonly binary: { readonly label: readonly number[] } & Readonly<
    Record<Side, { readonly prediction: readonly number[]; readonly score: readonly number[] }>
  > & {
      readonly expected: Readonly<Record<Side, Figures>>;
      readonly worse: Readonly<Record<string, readonly [number, number]>>;
      readonly logLossPercentiles: readonly number[];
    };
  readonly classes: {
    readonly names: readonly string[];
    readonly label: readonly string[];
    readonly prediction: readonly string[];
    readonly scores: Readonly<Record<string, readonly number[]>>;
    readonly expected: Readonly<Record<'precision' | 'recall' | 'f1' | 'rocAuc' | 'prAuc', Figures>> &
      Readonly<Record<'macroF1' | 'microF1' | 'macroRocAuc' | 'macroPrAuc' | 'logLoss' | 'brier', number>>;
  };
  readonly certainClasses: {
    readonly label: readonly string[];
    readonly scores: Readonly<Record<string, readonly number[]>>;
    readonly expected: Readonly<Record<'logLoss' | 'brier', number>>;
  };
  /** Queries; nDCG is of the gains 2^relevance - 1, null where a query has none. */
  readonly ranking: readonly ({
    readonly relevance: readonly number[];
    readonly score: readonly number[];
    readonly isTied: boolean;
  } & Readonly<Record<'ndcgAt3' | 'ndcgAt10' | 'averagePrecision', number | null>>)[];
}

export const scikitLearn: ScikitLearn = JSON.parse(readFileSync(new URL('scikit-learn.json', import.meta.url), 'utf8'));
