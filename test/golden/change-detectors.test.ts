import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adwin } from '../../domain/statistics/adwin.ts';
import { changesIn } from '../../domain/statistics/change-detector.ts';
import { eDetector } from '../../domain/statistics/e-detector.ts';
import { pageHinkley } from '../../domain/statistics/page-hinkley.ts';
import { sharedData } from '../shared-data.ts';

interface Stream {
  readonly values: number[];
  readonly changePoints: number[];
  /** Of each version of river that was recorded. */
  readonly detected: number[][];
}

const file = sharedData('vectors/river_change_detectors.json');

function stream(id: string): Stream {
  const { cases, data } = JSON.parse(readFileSync(file as string, 'utf8'));
  const found = cases.find((vector: { id: string }) => vector.id === id);
  return {
    values: data[found.input.slice(1)],
    changePoints: found.true_change_points,
    detected: Object.values(found.expected_by_version),
  };
}

describe.skipIf(file === undefined)("river's streams (skipped where the shared data are absent)", () => {
  it.each(['adwin_s1', 'adwin_s4', 'adwin_s5_docstring'])(
    "given %s, when ADWIN sees it, then each change is found, no later than by river's slowest version, and nothing before the first",
    (id) => {
      const { values, changePoints, detected } = stream(id);
      const found = changesIn(adwin(0.002), values);
      expect(found.filter((position) => position < (changePoints[0] as number))).toEqual([]);
      for (const [index, changePoint] of changePoints.entries()) {
        const slowest = Math.max(...detected.flatMap((positions) => positions.find((position) => position > changePoint) ?? []));
        const next = changePoints[index + 1] ?? values.length;
        const first = found.find((position) => position >= changePoint && position < next);
        expect(first, `change at ${changePoint}`).toBeLessThanOrEqual(slowest);
      }
    },
  );

  it("given page_hinkley_s1, when it is seen with river's defaults, then the changes are river's", () => {
    const { values, detected } = stream('page_hinkley_s1');
    for (const positions of detected) expect(changesIn(pageHinkley(0.005, 50), values)).toEqual(positions);
  });

  it('given the first 500 values of adwin_s1 as baseline, when the e-detector sees the rest, then it is no later than river and told nothing before', () => {
    const { values, changePoints, detected } = stream('adwin_s1');
    const [changePoint] = changePoints as [number];
    const [first] = changesIn(eDetector(values.slice(0, 500), 10_000), values.slice(500)).map((position) => position + 500);
    expect(first).toBeGreaterThanOrEqual(changePoint);
    expect(first).toBeLessThanOrEqual(Math.min(...detected.map(([position]) => position as number)));
  });
});
