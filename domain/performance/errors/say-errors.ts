import { sayNumber, sayShare } from '../../report/say-number.ts';
import type { ErrorPatterns } from './error-patterns.ts';

const namedAtMost = 2;
/** Half of the excess on days with under a quarter of the rows is no longer spread over the window. */
const concentrated = 0.25;
const usualLevel = 0.05;

/** One sentence on where errors lie. */
export function sayErrors(found: Omit<ErrorPatterns, 'says'>): string {
  const { loss, before, now, pValue, ranges, tested } = found;
  const say = loss === 'wrongAnswers' ? sayShare : sayNumber;
  const what = loss === 'wrongAnswers' ? 'Wrong answers' : 'Mean error';
  const change = `${what} ${say(now)}, ${say(before)} in the baseline`;
  if (tested === 0) return `${change}; where they lie cannot be judged: needs more days of baseline, or rows.`;
  if (pValue !== undefined && pValue > usualLevel && ranges.length === 0) return `${change}: no more than its past explains.`;
  const named = ranges.slice(0, namedAtMost).map(({ column, where, shareOfRows, shareOfExcess }) => {
    const excess = shareOfExcess === undefined ? '' : `, ${sayShare(shareOfExcess)} of what is more`;
    return `${column} ${where} (${sayShare(shareOfRows)} of the rows${excess})`;
  });
  const more = ranges.length - named.length;
  const where =
    named.length === 0
      ? 'in no range of a column more than in all'
      : `most in ${named.join(' and ')}${more > 0 ? `, and ${more} more` : ''}`;
  return `${change}: ${[where, ...inTime(found), ...ofKind(found)].join('; ')}.`;
}

function inTime({ halfWithinDays }: Omit<ErrorPatterns, 'says'>): string[] {
  if (halfWithinDays === undefined) return [];
  return [halfWithinDays < concentrated ? `half of it on days with ${sayShare(halfWithinDays)} of the rows` : 'spread over the days'];
}

function ofKind({ kinds: [first] }: Omit<ErrorPatterns, 'says'>): string[] {
  return first === undefined ? [] : [`first of all ${first.kind}`];
}
