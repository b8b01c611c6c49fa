import { sayNumber } from '../report/say-number.ts';

/** From which value on people customarily speak of so much; the last that is reached holds. */
const levels: Readonly<Record<string, readonly (readonly [from: number, says: string])[]>> = {
  psi: [
    [0, 'none'],
    [0.1, 'moderate'],
    [0.25, 'large'],
  ],
  kolmogorovSmirnov: [
    [0, 'low'],
    [0.1, 'medium'],
    [0.2, 'high'],
  ],
  jensenShannonDistance: [
    [0, 'low'],
    [0.1, 'worth a look'],
  ],
};

/**
 * What custom calls a statistic of this size, whatever the number of rows and however days differ; undefined where there is no custom. A label
 * and no more: nothing alarms because of it.
 */
export function customaryLabel(statistic: string, value: number): string | undefined {
  return levels[statistic]?.findLast(([from]) => value >= from)?.[1];
}

const shortNames = { psi: 'PSI', kolmogorovSmirnov: 'KS', jensenShannonDistance: 'JS' } as const;

/** The labels of a column in one line, `PSI 0.31 large, KS 0.12 medium`: of numbers PSI and Kolmogorov-Smirnov, else PSI and Jensen-Shannon. */
export function sayCustom(statistics: Readonly<Record<string, number>>): string {
  const shape = statistics.kolmogorovSmirnov === undefined ? 'jensenShannonDistance' : 'kolmogorovSmirnov';
  return (['psi', shape] as const)
    .flatMap((name) => {
      const value = statistics[name];
      return value === undefined ? [] : [`${shortNames[name]} ${sayNumber(value)} ${customaryLabel(name, value)}`];
    })
    .join(', ');
}
