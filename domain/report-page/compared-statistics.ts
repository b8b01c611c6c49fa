import { statisticInWords } from './statistic-in-words.ts';

/** One figure of both samples, or of how they compare: then `both` is absent. */
export interface ComparedStatistic {
  readonly name: string;
  readonly says: string;
  readonly value?: number;
  readonly baseline?: number;
}

/** All that was measured, by what people call it: a figure that the baseline has too stands beside that one. */
export function comparedStatistics(statistics: Readonly<Record<string, number>>): ComparedStatistic[] {
  const named = new Map<string, { value?: number; baseline?: number }>();
  for (const [name, value] of Object.entries(statistics)) {
    const [base, of] = partsOf(name);
    named.set(base, { ...named.get(base), [of]: value });
  }
  return [...named]
    .map(([name, figures]) => ({ name, says: statisticInWords(name), ...figures }))
    .sort((one, other) => (one.says < other.says ? -1 : 1));
}

function partsOf(name: string): [string, 'value' | 'baseline'] {
  if (name.endsWith('InBaseline')) return [name.slice(0, -'InBaseline'.length), 'baseline'];
  return [name.endsWith('InWindow') ? name.slice(0, -'InWindow'.length) : name, 'value'];
}
