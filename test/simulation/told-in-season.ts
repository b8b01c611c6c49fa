import { kindOfDay } from '../../domain/calendar/kind-of-day.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { changesIn } from '../../domain/statistics/change-detector.ts';
import { eDetector } from '../../domain/statistics/e-detector.ts';
import { eDetectorOfKinds, type ValueOfKind } from '../../domain/statistics/e-detector-of-kinds.ts';
import { normals } from '../gates/rows.ts';

export const looks = 90;
/** One false alarm in 90 days, a quarter of it for this layer. */
const runLength = 360;
/** Of series in which nothing changes, the share that may tell a change. */
export const bound = looks / runLength;

/** Days wander by 3 and a season adds 9 to some; after the baseline all rise. */
export interface SeasonalWorld {
  readonly season: 'weekday' | 'dayOfMonth';
  readonly isHard: (kind: string) => boolean;
  readonly baselineDays: number;
}

export const weekly: SeasonalWorld = { season: 'weekday', isHard: (kind) => kind === '0' || kind === '6', baselineDays: 28 };
export const monthly: SeasonalWorld = { season: 'dayOfMonth', isHard: (kind) => Number(kind) <= 5, baselineDays: 248 };

export interface ChangeTold {
  /** Of series, within {@link looks} days. */
  readonly share: number;
  /** Days from the first after the baseline, 1; infinite where half of the series tell none. */
  readonly medianDay: number;
}

/** Daily losses held against all days of the baseline, and against its days of the same kind. */
export function toldInSeason(world: SeasonalWorld, rise: number, runs: number): { ofKind: ChangeTold; ofAll: ChangeTold } {
  const { season, isHard, baselineDays } = world;
  const normal = normals(baselineDays + rise);
  const told = Array.from({ length: runs }, (_, run) => {
    const series = Array.from({ length: baselineDays + looks }, (_, index): ValueOfKind => {
      const kind = kindOfDay(season, plusDays(eventTime('2023-01-01'), run + index).slice(0, 10));
      return { kind, value: 30 + 3 * normal() + (isHard(kind) ? 9 : 0) + (index < baselineDays ? 0 : rise) };
    });
    const [baseline, watched] = [series.slice(0, baselineDays), series.slice(baselineDays)];
    const of = (some: readonly ValueOfKind[]) => some.map(({ value }) => value);
    return {
      ofKind: firstDay(changesIn(eDetectorOfKinds(baseline, runLength), watched)),
      ofAll: firstDay(changesIn(eDetector(of(baseline), runLength), of(watched))),
    };
  });
  return { ofKind: summary(told.map(({ ofKind }) => ofKind)), ofAll: summary(told.map(({ ofAll }) => ofAll)) };
}

function firstDay([first = Number.POSITIVE_INFINITY]: readonly number[]): number {
  return first + 1;
}

function summary(days: readonly number[]): ChangeTold {
  return {
    share: days.filter((day) => day <= looks).length / days.length,
    medianDay: days.toSorted((a, b) => a - b)[Math.floor(days.length / 2)] as number,
  };
}
