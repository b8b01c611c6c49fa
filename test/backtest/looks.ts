import type { Look, LookAlarm } from '../../domain/backtest/backtest.ts';
import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, Version } from '../../domain/identity/names.ts';

const begin = eventTime('2024-01-08');

/** Midnight of the Monday so many weeks after the first look. */
export function week(index: number): EventTime {
  return plusDays(begin, 7 * index);
}

/** The week that ends with the look of that week. */
export function weekBefore(index: number) {
  return { from: week(index - 1), to: week(index) };
}

/** Weekly looks, one for each letter: `a` alarms about its own week, `i` is inconclusive, anything else is quiet. */
export function looksOf(letters: string, subject = 'inputs/temp'): Look[] {
  return [...letters].map((letter, index) => {
    const alarm: LookAlarm = { subject, says: `${subject} moved.`, about: weekBefore(index) };
    return {
      asOf: week(index),
      report: String(index) as Digest,
      version: '1' as Version,
      outcome: letter === 'a' ? 'fail' : letter === 'i' ? 'inconclusive' : 'pass',
      window: weekBefore(index),
      maturedWindow: weekBefore(index - 1),
      alarms: { anchorwatch: letter === 'a' ? [alarm] : [], psi: [], kolmogorovSmirnov: [] },
      action: { kind: 'nothing' },
      because: '',
      wantsRetraining: false,
    };
  });
}
