import { describe, expect, it } from 'vitest';
import { kindOfDay } from '../../domain/calendar/kind-of-day.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { changesIn } from '../../domain/statistics/change-detector.ts';
import { eDetector } from '../../domain/statistics/e-detector.ts';
import { eDetectorOfKinds, type ValueOfKind } from '../../domain/statistics/e-detector-of-kinds.ts';
import { normals } from '../gates/rows.ts';

const looks = 90;
/** One false alarm in 90 days, a quarter of it for this layer. */
const runLength = 360;
const bound = looks / runLength;
const runs = 300;
const mostAlarms = bound + 2 * Math.sqrt((bound * (1 - bound)) / runs);

/** Days wander by 3 and a season adds 9 to some; after the baseline all rise. */
interface World {
  readonly season: 'weekday' | 'dayOfMonth';
  readonly isHard: (kind: string) => boolean;
  readonly baselineDays: number;
}

const weekly: World = { season: 'weekday', isHard: (kind) => kind === '0' || kind === '6', baselineDays: 28 };
const monthly: World = { season: 'dayOfMonth', isHard: (kind) => Number(kind) <= 5, baselineDays: 248 };

/** For each of many series the day, from 1, on which a detector first tells a change; infinite where it does not. */
function firstTold({ season, isHard, baselineDays }: World, rise: number) {
  const normal = normals(baselineDays + rise);
  const of = (series: readonly ValueOfKind[]) => series.map(({ value }) => value);
  const told = Array.from({ length: runs }, (_, run) => {
    const series = Array.from({ length: baselineDays + looks }, (_, index): ValueOfKind => {
      const kind = kindOfDay(season, plusDays(eventTime('2023-01-01'), run + index).slice(0, 10));
      return { kind, value: 30 + 3 * normal() + (isHard(kind) ? 9 : 0) + (index < baselineDays ? 0 : rise) };
    });
    const [baseline, watched] = [series.slice(0, baselineDays), series.slice(baselineDays)];
    const first = (changes: readonly number[]) => (changes[0] ?? Number.POSITIVE_INFINITY) + 1;
    return {
      among: first(changesIn(eDetectorOfKinds(baseline, runLength), watched)),
      plain: first(changesIn(eDetector(of(baseline), runLength), of(watched))),
    };
  });
  const shareTold = (which: 'among' | 'plain') => told.filter((one) => one[which] <= looks).length / runs;
  const median = (which: 'among' | 'plain') => told.map((one) => one[which]).sort((a, b) => a - b)[runs / 2] as number;
  return { shareTold, median };
}

describe('given losses that differ from weekday to weekday, four weeks of them known', () => {
  it('when nothing changes, then days ranked among their like keep to the bound on false alarms', () => {
    expect(firstTold(weekly, 0).shareTold('among')).toBeLessThanOrEqual(mostAlarms);
  });

  it('when all days rise by half of what weekends do, then like days tell it within two weeks, and days ranked among all mostly do not', () => {
    const { shareTold, median } = firstTold(weekly, 4);
    expect(median('among')).toBeLessThanOrEqual(14);
    expect(shareTold('among')).toBeGreaterThan(0.9);
    expect(shareTold('plain')).toBeLessThan(0.5);
  });
});

describe('given losses that are high in the first days of each month, eight months of them known', () => {
  it('when nothing changes, then like days keep to the bound, and days ranked among all do not', () => {
    const { shareTold } = firstTold(monthly, 0);
    expect(shareTold('among')).toBeLessThanOrEqual(mostAlarms);
    expect(shareTold('plain')).toBeGreaterThan(mostAlarms);
  });

  it('when all days rise by half of what those do, then like days tell it sooner', () => {
    const { shareTold, median } = firstTold(monthly, 4);
    expect(shareTold('among')).toBeGreaterThan(0.9);
    expect(median('among')).toBeLessThan(median('plain'));
  });
});
