import type { EventTime } from '../identity/event-time.ts';
import type { AlarmEpisode, Backtest, RuleName, Warning } from './backtest.ts';

export const ruleInWords: Readonly<Record<RuleName, string>> = {
  anchorwatch: 'this policy',
  psi: 'PSI > 0.2, any column',
  kolmogorovSmirnov: 'KS p < 0.05, any column',
};

export const episodeInWords: Readonly<Record<AlarmEpisode['is'], string>> = {
  confirmed: '✓ confirmed by labels',
  false: '✗ false',
  open: '? labels not in',
};

export const backtestVerdictInWords: Readonly<Record<Backtest['verdict'], { readonly mark: string; readonly word: string }>> = {
  holds: { mark: '●', word: 'Holds' },
  fails: { mark: '▲', word: 'Fails' },
  inconclusive: { mark: '◆', word: 'Inconclusive' },
};

/** The UTC day of an instant, for people. */
export function dayOf(time: EventTime | undefined): string {
  return time?.slice(0, 10) ?? '–';
}

/** `1 look`, `2 looks`. */
export function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** For a cell of a table. */
export function warningInWords(warning: Warning | undefined): string {
  if (warning?.is !== 'told') return warning?.is ?? 'none';
  const { at, daysEarly } = warning;
  if (daysEarly === undefined) return dayOf(at);
  const days = Math.round(daysEarly);
  return `${dayOf(at)} (${days === 0 ? 'same look' : `${Math.abs(days)} d ${days > 0 ? 'early' : 'late'}`})`;
}
