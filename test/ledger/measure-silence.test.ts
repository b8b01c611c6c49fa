import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { measureSilence } from '../../domain/ledger/measure-silence.ts';

const start = eventTime('2024-01-01T04:00Z');
const nightly = Array.from({ length: 30 }, (_, night) => plusDays(start, night));

describe('given a file a night', () => {
  it('when the last one came this morning, then all has been quiet for hours, and never longer than a day', () => {
    expect(measureSilence(nightly, plusDays(start, 29.5))).toEqual({ since: plusDays(start, 29), days: 0.5, longestDays: 1, arrivals: 30 });
  });

  it('when some were missed once, then that has been the longest', () => {
    const missed = nightly.filter((_, night) => night < 10 || night > 12);
    expect(measureSilence(missed, plusDays(start, 31))).toMatchObject({ days: 2, longestDays: 4 });
  });

  it('when none has come for months, then it is still told what was usual before', () => {
    expect(measureSilence(nightly, plusDays(start, 200))).toMatchObject({ days: 171, longestDays: 1 });
  });

  it('when it is asked as of a time, then what came later is not known', () => {
    expect(measureSilence(nightly, plusDays(start, 15.5))).toMatchObject({ since: plusDays(start, 15), arrivals: 16 });
  });
});

it('given fewer than eight arrivals, then nothing is usual', () => {
  expect(measureSilence(nightly.slice(0, 7), plusDays(start, 300))).toBeUndefined();
  expect(measureSilence(Array(20).fill(start), plusDays(start, 300))).toBeUndefined();
});

it('tells the same whatever the order, and however often one arrived', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 8, maxLength: 40 }), (hours) => {
      const arrivals = hours.map((hour) => plusDays(start, hour / 24));
      const asOf = plusDays(start, 20);
      expect(measureSilence([...arrivals, ...arrivals].reverse(), asOf)).toEqual(measureSilence(arrivals, asOf));
    }),
  );
});
