import type { ErrorPatterns } from '../../performance/errors/error-patterns.ts';
import { sayNumber, sayP, sayShare } from '../../report/say-number.ts';
import { asCode, escapeMarkdown } from './escape-markdown.ts';
import { table } from './table.ts';

/** Where errors lie: the sentence, and the ranges that became worse. */
export function errorsLines({ loss, says, ranges }: ErrorPatterns): string[] {
  const say = loss === 'wrongAnswers' ? sayShare : sayNumber;
  const rows = table(
    ['Column', 'Range', 'Rows', 'Before', 'Now', '95% interval of the difference', 'Of what is more', 'p'],
    ranges.map(({ column, where, shareOfRows, before, now, interval, shareOfExcess, adjustedPValue }) => [
      asCode(column),
      escapeMarkdown(where),
      sayShare(shareOfRows),
      say(before),
      say(now),
      interval === undefined ? '–' : `${say(interval[0])} to ${say(interval[1])}`,
      shareOfExcess === undefined ? '–' : sayShare(shareOfExcess),
      sayP(adjustedPValue),
    ]),
  );
  return [escapeMarkdown(says), ...(rows.length > 0 ? ['', ...rows] : [])];
}
