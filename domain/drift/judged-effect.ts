import type { StatisticName } from './measure-statistics.ts';

/** An effect as the policy names it, with a threshold of its own. */
export type EffectName = 'wassersteinInSigmas' | 'kolmogorovSmirnov' | 'psi' | 'jensenShannon';

export interface JudgedEffect {
  /** What is held against the threshold. */
  readonly statistic: StatisticName;
  readonly said: string;
  readonly most: number;
}

/** PSI and Jensen–Shannon are judged by what is left of them above the noise of samples and blocks. */
export const judgedEffects: Readonly<Record<EffectName, JudgedEffect>> = {
  wassersteinInSigmas: { statistic: 'wassersteinInSigmas', said: 'sigma', most: Infinity },
  kolmogorovSmirnov: { statistic: 'kolmogorovSmirnov', said: 'KS distance', most: 1 },
  psi: { statistic: 'psiDebiased', said: 'PSI', most: Infinity },
  jensenShannon: { statistic: 'jensenShannonDistanceDebiased', said: 'Jensen–Shannon distance', most: 1 },
};

/** Numbers are judged by these two, categories by the other two; what is not judged stands in the statistics as a label. */
export const judgedOf = {
  numeric: ['wassersteinInSigmas', 'kolmogorovSmirnov'],
  categorical: ['jensenShannon', 'psi'],
} as const satisfies Record<string, readonly EffectName[]>;

const largest = new Map<string, number>(Object.values(judgedEffects).map(({ statistic, most }) => [statistic, most]));

/** What a judged effect cannot exceed. */
export function mostOf(statistic: string): number {
  return largest.get(statistic) ?? Infinity;
}

const units = new Map<string, string>(Object.values(judgedEffects).map(({ statistic, said }) => [statistic, said]));

/** In what a judged effect is told, such as `sigma`. */
export function effectUnit(statistic: string): string {
  return units.get(statistic) ?? statistic;
}
