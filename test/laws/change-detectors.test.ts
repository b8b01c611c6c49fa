import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adwin } from '../../domain/statistics/adwin.ts';
import { type ChangeDetector, changesIn } from '../../domain/statistics/change-detector.ts';
import { eDetector } from '../../domain/statistics/e-detector.ts';
import { eDetectorOfKinds } from '../../domain/statistics/e-detector-of-kinds.ts';
import { pageHinkley } from '../../domain/statistics/page-hinkley.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const losses = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 120 });
const steady = Array.from({ length: 60 }, (_, index) => ((index * 7) % 13) / 40);

const detectors: readonly [string, ChangeDetector<unknown>][] = [
  ['ADWIN', adwin(0.002) as ChangeDetector<unknown>],
  ['Page-Hinkley', pageHinkley(0.005, 2) as ChangeDetector<unknown>],
  ['the e-detector', eDetector(steady, 360) as ChangeDetector<unknown>],
];

describe.each(detectors)('%s', (_name, detector) => {
  const positionsThroughJson = (values: readonly number[]) => {
    let state = JSON.parse(JSON.stringify(detector.start));
    return values.flatMap((value, position) => {
      const seen = detector.observe(state, value);
      state = JSON.parse(JSON.stringify(seen.state));
      return seen.changed ? [position] : [];
    });
  };

  it('finds the same when its state was kept as JSON between any two values', () => {
    const stepped = losses.map((values) => [...values.map((value) => value / 4), ...values.map((value) => (3 + value) / 4)]);
    fc.assert(
      fc.property(stepped, (values) => {
        expect(positionsThroughJson(values)).toEqual(changesIn(detector, values));
      }),
      { numRuns: 50 },
    );
  });

  it('changes no state it was given', () => {
    fc.assert(
      fc.property(losses, (values) => {
        let state = detector.start;
        for (const value of values) {
          const before = JSON.stringify(state);
          const { state: after } = detector.observe(state, value);
          expect(JSON.stringify(state)).toBe(before);
          state = after;
        }
      }),
      { numRuns: 30 },
    );
  });

  it('tells no change of a constant, whatever it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.3, noNaN: true }), (constant) => {
        expect(changesIn(detector, new Array(100).fill(constant))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('tells a step up within forty values, and again one that follows', () => {
    const random = seededRandom(11);
    const around = (mean: number) => Array.from({ length: 80 }, () => mean + (random() - 0.5) / 5);
    const changes = changesIn(detector, [...around(0.2), ...around(0.6), ...around(1.4)]);
    expect(changes.filter((position) => position < 80)).toEqual([]);
    expect(changes.find((position) => position >= 80)).toBeLessThan(120);
    expect(changes.find((position) => position >= 160)).toBeLessThan(200);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    expect(() => detector.observe(detector.start, value)).toThrow(RangeError);
  });
});

describe('ADWIN', () => {
  it('tells falls as it tells rises', () => {
    fc.assert(
      fc.property(losses, losses, (one, other) => {
        const values = [...one.map((value) => value / 3), ...other.map((value) => 1 - value / 3)];
        const turned = values.map((value) => 1 - value);
        expect(changesIn(adwin(0.05), turned)).toEqual(changesIn(adwin(0.05), values));
      }),
    );
  });

  it('tells two halves apart from the published cut on', () => {
    const halves = (apart: number) => Array.from({ length: 64 }, (_, index) => (index % 2 ? 0.1 : -0.1) + (index < 32 ? 0 : apart));
    const doubt = Math.log((2 * Math.log(64)) / 0.002);
    const cut = (apart: number) => Math.sqrt((2 / 16) * (0.01 + apart ** 2 / 4) * doubt) + ((2 / 3) * doubt) / 16;
    const apart = Array.from({ length: 200 }, (_, step) => 0.6 + step / 1000);
    const first = apart.find((distance) => distance > cut(distance)) as number;
    expect(first).toBeGreaterThan(0.7);
    expect(apart.find((distance) => changesIn(adwin(0.002), halves(distance)).length > 0)).toBeCloseTo(first, 6);
  });

  it('tells next to no change of steady streams', () => {
    const random = seededRandom(8);
    const streams = Array.from({ length: 20 }, () => Array.from({ length: 1000 }, () => Number(random() < 0.5)));
    expect(streams.filter((values) => changesIn(adwin(0.002), values).length > 0).length).toBeLessThanOrEqual(1);
  });

  it('holds every value of its window in a number of stretches that grows with its logarithm', () => {
    const random = seededRandom(3);
    const detector = adwin(1e-9);
    let state = detector.start;
    for (let value = 0; value < 5000; value += 1) state = detector.observe(state, random()).state;
    expect(state.stretches.reduce((sum, { values }) => sum + values, 0)).toBe(5000);
    expect(state.stretches.length).toBeLessThanOrEqual(5 * Math.ceil(Math.log2(5000)));
  });
});

describe('Page-Hinkley', () => {
  it('does not save up what fell before: a rise after a long fall is told as soon as one after steady values', () => {
    const first = (before: readonly number[]) => changesIn(pageHinkley(0.005, 5), [...before, ...new Array(60).fill(1)])[0] as number;
    const falling = Array.from({ length: 200 }, (_, index) => 0.5 - index / 1000);
    expect(first(falling) - 200).toBeLessThanOrEqual(first(new Array(200).fill(0.5)) - 200);
  });
});

describe('the e-detector', () => {
  const rising = (value: number) => 100 * value ** 3 + value - 5;

  it('sees ranks alone: any unit and any rising scale tell the same', () => {
    fc.assert(
      fc.property(losses, losses, (one, other) => {
        const series = [...one, ...other.map((value) => value + 0.7)].map((value) => Math.round(value * 1000) / 1000);
        const scaled = changesIn(eDetector(steady.map(rising), 50), series.map(rising));
        expect(scaled).toEqual(changesIn(eDetector(steady, 50), series));
      }),
    );
  });

  it('pays 1 on average over the ranks a value may have, and less where values tie', () => {
    const past = [5, 3, 8, 1, 9, 2];
    const { start, observe } = eDetector(past, 1e9);
    const paid = (value: number) => observe(start, value).state.evidence;
    const ranks = [0, 1.5, 2.5, 4, 6, 8.5, 10].map(paid);
    for (const bet of [0, 1]) expect(ranks.reduce((sum, evidence) => sum + (evidence[bet] as number), 0) / ranks.length).toBeCloseTo(1, 12);
    expect(paid(9)[0]).toBeLessThan(paid(10)[0] as number);
    expect(paid(9)).toEqual(paid(8.5));
  });

  it('does not tell a fall', () => {
    const lower = Array.from({ length: 90 }, (_, index) => -1 - (index % 5));
    expect(changesIn(eDetector(steady, 50), lower)).toEqual([]);
  });
});

describe('the e-detector of kinds', () => {
  const kinds = fc.array(fc.record({ kind: fc.constantFrom('a', 'b', 'c'), value: fc.double({ min: 0, max: 1, noNaN: true }) }));
  const base = steady.map((value, index) => ({ kind: ['a', 'b', 'c'][index % 3] as string, value }));

  it('is the e-detector where all are of one kind', () => {
    fc.assert(
      fc.property(losses, (values) => {
        const one = (value: number) => ({ kind: '', value });
        expect(changesIn(eDetectorOfKinds(steady.map(one), 50), values.map(one))).toEqual(changesIn(eDetector(steady, 50), values));
      }),
    );
  });

  it('sees ranks within a kind alone: a level of its own for each changes nothing', () => {
    const level = { a: 0, b: 4, c: -64 };
    const moved = (one: { kind: string; value: number }) => ({
      ...one,
      value: Math.round(one.value * 1024) / 1024 + level[one.kind as 'a'],
    });
    const still = (one: { kind: string; value: number }) => ({ ...one, value: Math.round(one.value * 1024) / 1024 });
    fc.assert(
      fc.property(kinds, (values) => {
        expect(changesIn(eDetectorOfKinds(base.map(moved), 5), values.map(moved))).toEqual(
          changesIn(eDetectorOfKinds(base.map(still), 5), values.map(still)),
        );
      }),
    );
  });

  it('is paid nothing more nor less by the first value of a kind, and refuses what is not finite', () => {
    const { start, observe } = eDetectorOfKinds([], 50);
    const { state } = observe(start, { kind: 'a', value: 9 });
    expect(state.evidence).toEqual([1, 1]);
    expect(() => observe(start, { kind: 'a', value: Number.NaN })).toThrow(RangeError);
    expect(() => eDetectorOfKinds([{ kind: 'a', value: Number.POSITIVE_INFINITY }], 50)).toThrow(RangeError);
  });
});
