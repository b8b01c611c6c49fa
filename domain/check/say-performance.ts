import type { CheckReport } from './check-report.ts';

/**
 * What became of performance, with its cause where it dropped and with what drift did where it did not; undefined where it is not judged. Told is the
 * first that alarms, the first that decides and could not be judged, the first that warns, or the drop.
 */
export function sayPerformance({ performance, cause, consequence }: Omit<CheckReport, 'says'>): string | undefined {
  const deciding = performance.filter(({ critical }) => critical);
  const told =
    deciding.find(({ verdict }) => verdict === 'alarm') ??
    deciding.find(({ verdict }) => verdict === 'inconclusive') ??
    performance.find(({ verdict, segment }) => verdict === 'alarm' && segment === undefined) ??
    deciding[0];
  return told && [told.says, cause?.says, consequence?.says].filter((said) => said !== undefined).join(' ');
}
