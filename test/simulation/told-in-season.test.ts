import { describe, expect, it } from 'vitest';
import { mostFalseAlarms } from './false-alarms-of-a-test.ts';
import { bound, monthly, toldInSeason, weekly } from './told-in-season.ts';

const runs = 300;
const mostAlarms = mostFalseAlarms(bound, runs, 1);

describe('given losses that differ from weekday to weekday, four weeks of them known', () => {
  it('when nothing changes, then days ranked among their like keep to the bound on false alarms', () => {
    expect(toldInSeason(weekly, 0, runs).ofKind.share).toBeLessThanOrEqual(mostAlarms);
  });

  it('when all days rise by half of what weekends do, then like days tell it within two weeks, and days ranked among all mostly do not', () => {
    const { ofKind, ofAll } = toldInSeason(weekly, 4, runs);
    expect(ofKind.medianDay).toBeLessThanOrEqual(14);
    expect(ofKind.share).toBeGreaterThan(0.9);
    expect(ofAll.share).toBeLessThan(0.5);
  });
});

describe('given losses that are high in the first days of each month, eight months of them known', () => {
  it('when nothing changes, then like days keep to the bound, and days ranked among all do not', () => {
    const { ofKind, ofAll } = toldInSeason(monthly, 0, runs);
    expect(ofKind.share).toBeLessThanOrEqual(mostAlarms);
    expect(ofAll.share).toBeGreaterThan(mostAlarms);
  });

  it('when all days rise by half of what those do, then like days tell it sooner', () => {
    const { ofKind, ofAll } = toldInSeason(monthly, 4, runs);
    expect(ofKind.share).toBeGreaterThan(0.9);
    expect(ofKind.medianDay).toBeLessThan(ofAll.medianDay);
  });
});
