import { mean, standardDeviation } from 'simple-statistics';
import { adwin } from '../statistics/adwin.ts';
import { changesIn } from '../statistics/change-detector.ts';
import { pageHinkley } from '../statistics/page-hinkley.ts';

/** ADWIN wants values that span about 0…1; steady losses in standard deviations lie within about 6 of them. */
const deviationsInSpan = 6;

/** Tolerance and threshold in standard deviations: a steady independent normal loss is called a change once in some hundred days. */
const pageHinkleyRule = { tolerance: 0.5, threshold: 5 };

export interface CustomaryChanges {
  /** Days from the last change that ADWIN told to the newest day; absent where it told none. It tells rises and falls. */
  readonly daysSinceAdwin?: number;
  /** The same of the Page–Hinkley test, which tells rises alone. */
  readonly daysSincePageHinkley?: number;
}

/**
 * What customary detectors of change say of the days since the baseline, as second opinions: neither keeps a bound on false alarms over
 * many looks. Both read the baseline first; losses are in standard deviations of the baseline's days (ddof 0).
 *
 * @param steady losses of the baseline's days, in order
 * @param later  losses of the days after it, in order
 */
export function customaryDetectors(steady: readonly number[], later: readonly number[]): CustomaryChanges {
  const spread = steady.length === 0 ? 0 : standardDeviation([...steady]);
  if (spread === 0) return {};
  const centre = mean([...steady]);
  const scaled = [...steady, ...later].map((loss) => (loss - centre) / spread);
  const sinceLast = (changes: readonly number[]) => {
    const last = changes.filter((place) => place >= steady.length).at(-1);
    return last === undefined ? undefined : scaled.length - 1 - last;
  };
  const byAdwin = sinceLast(
    changesIn(
      adwin(0.002),
      scaled.map((loss) => loss / deviationsInSpan),
    ),
  );
  const byPageHinkley = sinceLast(changesIn(pageHinkley(pageHinkleyRule.tolerance, pageHinkleyRule.threshold), scaled));
  return {
    ...(byAdwin === undefined ? {} : { daysSinceAdwin: byAdwin }),
    ...(byPageHinkley === undefined ? {} : { daysSincePageHinkley: byPageHinkley }),
  };
}
