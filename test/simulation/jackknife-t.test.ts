import { describe, expect, it } from 'vitest';
import { areaUnderRoc } from '../../domain/performance/metrics/area-under-roc.ts';
import { averagePrecision } from '../../domain/performance/metrics/average-precision.ts';
import { classTotals } from '../../domain/performance/metrics/class-totals.ts';
import { precisionRecallF1 } from '../../domain/performance/metrics/precision-recall-f1.ts';
import type { ScoreCells } from '../../domain/performance/metrics/score-cells.ts';
import { sumCells, total } from '../../domain/statistics/counts.ts';
import { jackknifeT } from '../../domain/statistics/jackknife-t.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const cells = 40;

/** Scored rows of some days: a fifth are positive and score `skill` sigmas higher; skill wanders from day to day. */
function scoredDays(seed: number, wander: number): (days: number, rowsADay: number, skill?: number) => ScoreCells {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return (days, rowsADay, skill = 1.2) => {
    const counts = { positives: new Array<number>(cells).fill(0), negatives: new Array<number>(cells).fill(0) };
    for (let day = 0; day < days; day += 1) {
      const today = skill + wander * normal();
      for (let row = 0; row < rowsADay; row += 1) {
        const isPositive = random() < 0.2;
        const score = normal() + (isPositive ? today : 0);
        const cell = Math.max(0, Math.min(cells - 1, Math.floor((score + 3) * (cells / 7))));
        const kind = isPositive ? counts.positives : counts.negatives;
        kind[cell] = (kind[cell] as number) + 1;
      }
    }
    return counts;
  };
}

/** F1 of the rows whose score stands in the upper half of the cells. */
function f1({ positives, negatives }: ScoreCells): number | undefined {
  const [hits, alarms] = [positives.slice(cells / 2), negatives.slice(cells / 2)].map(total) as [number, number];
  return precisionRecallF1(
    classTotals([
      [hits, total(positives) - hits],
      [alarms, total(negatives) - alarms],
    ]),
    0,
  )?.f1;
}

const statistics = { 'area under ROC': (sum: ScoreCells) => areaUnderRoc(sum)?.area, 'average precision': averagePrecision, F1: f1 };

describe.each(Object.entries(statistics))(
  '%s of scored days whose skill wanders, tested by the jackknife over twelve weeks',
  (_, measure) => {
    const statistic = {
      add: (one: ScoreCells, other: ScoreCells) => ({
        positives: sumCells([one.positives, other.positives]),
        negatives: sumCells([one.negatives, other.negatives]),
      }),
      measure: (sum: ScoreCells) => {
        const value = measure(sum);
        return value === undefined ? undefined : -value;
      },
      rowsOf: ({ positives, negatives }: ScoreCells) => total(positives) + total(negatives),
    };
    const pValues = (seed: number, wander: number, rowsADay: number, runs: number, skill?: number) => {
      const days = scoredDays(seed, wander);
      return Array.from({ length: runs }, () => {
        const blocks = Array.from({ length: 12 }, () => days(7, 60));
        return jackknifeT(blocks, days(7, rowsADay, skill), statistic)?.pGreater as number;
      });
    };
    const shareUnder = (level: number, values: readonly number[]) => values.filter((value) => value <= level).length / values.length;
    const most = (level: number, runs: number) => 1.5 * level + 2 * Math.sqrt((level * (1 - level)) / runs);

    it.each([
      ['as busy as a block', 0.3, 60],
      ['a fifth as busy', 0.3, 12],
      ['five times as busy', 0.3, 300],
      ['as busy, with days alike', 0, 60],
    ])('when the window is %s and nothing changed, then it hardly alarms more often than it may', (_, wander, rowsADay) => {
      const values = pValues(7, wander, rowsADay, 300);
      expect(shareUnder(0.05, values)).toBeLessThanOrEqual(most(0.05, 300));
      expect(shareUnder(0.01, values)).toBeLessThanOrEqual(most(0.01, 300));
    });

    it('when nearly all skill is gone, then nine looks in ten alarm at .01', () => {
      expect(shareUnder(0.01, pValues(8, 0.3, 60, 100, 0.1))).toBeGreaterThan(0.9);
    });
  },
);
