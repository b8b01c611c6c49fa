import type { VerdictInWords } from '../check/verdict-in-words.ts';
import { isFarWithinChance, type Moved } from './page.ts';

/** What became of a column. */
export function movementInWords(moved: Moved): VerdictInWords {
  if (isFarWithinChance(moved)) return { mark: '○', word: 'Far, but within chance' };
  switch (moved.verdict) {
    case 'alarm':
      return { mark: '▲', word: 'Moved' };
    case 'steady':
      return { mark: '●', word: 'Steady' };
    case 'inconclusive':
      return { mark: '◆', word: 'Not judged' };
  }
}
