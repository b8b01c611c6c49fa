import type { CheckVerdict } from './check-report.ts';

/** A verdict as a word and as a mark of its own shape: colour alone tells nothing to many. */
export interface VerdictInWords {
  readonly mark: string;
  readonly word: string;
}

export const verdictInWords: Readonly<Record<CheckVerdict, VerdictInWords>> = {
  alarm: { mark: '▲', word: 'Alarm' },
  steady: { mark: '●', word: 'Steady' },
  inconclusive: { mark: '◆', word: 'Inconclusive' },
};
