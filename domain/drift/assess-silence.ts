import type { Silence } from '../ledger/measure-silence.ts';
import type { Judgement } from '../report/report.ts';
import { sayNumber } from '../report/say-number.ts';

/** How many times the longest silence of the past is no chance any more. */
const timesTheLongest = 2;
/** A look an hour after the last segment finds nothing wrong, however fast they came. */
const fewestDays = 1 / 24;

/**
 * Predictions that stopped coming: nothing for more than twice as long as ever in the past. It needs no test, and no row of the window.
 *
 * @returns nothing while they come as they did, or where what is usual is not known
 */
export function assessSilence(silence: Silence | undefined): Judgement[] {
  if (silence === undefined) return [];
  const { since, days, longestDays, arrivals } = silence;
  const threshold = Math.max(fewestDays, timesTheLongest * longestDays);
  if (days <= threshold) return [];
  return [
    {
      layer: 'quality',
      subject: 'predictions',
      statistic: 'silence',
      outcome: 'fail',
      value: days,
      reference: longestDays,
      threshold,
      statistics: { days, longestDays, arrivals },
      critical: false,
      policyPath: '/sources/predictions',
      says: `No predictions have come since ${since.slice(0, 16).replace('T', ' ')}, for ${inWords(days)}; before, it took ${inWords(longestDays)} at most (alarm at twice that).`,
    },
  ];
}

function inWords(days: number): string {
  return days < 2 ? `${sayNumber(days * 24)} h` : `${sayNumber(days)} days`;
}
