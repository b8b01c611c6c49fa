import { describe, expect, it } from 'vitest';
import { worsePerformance } from '../../domain/decision/triggers.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Partition, SliceCounts } from '../../domain/ledger/entry.ts';
import { addSlices } from '../../domain/ledger/merge-partitions.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import { assessFairness, measureFairness } from '../../domain/performance/assess-fairness.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import type { Dimension } from '../../domain/policy/dimension.ts';
import { expand } from '../../domain/policy/standard.ts';
import type { Report } from '../../domain/report/report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { version } from '../report/watched-model.ts';

const dimensions: readonly Dimension[] = [{ by: 'values', name: 'group', column: 'group', values: ['a', 'b', 'c'] }];
const grid = cutGrid('loans' as ModelName, [{ name: 'said', role: 'prediction', kind: 'categorical', values: ['0', '1'] }], dimensions);
const policy = expand({
  model: 'loans' as ModelName,
  task: { kind: 'classification', positive: '1' },
  segments: dimensions,
  sources: { predictions: { from: 'gateway' } },
  fairness: { by: ['group'] },
});

interface Group {
  /** Chance of a yes where it is right, and where it is wrong. */
  readonly right: number;
  readonly wrong: number;
  readonly rows: number;
}

/** A week of loans; half of all should be given. */
function week(seed: number, groups: Readonly<Record<string, Group>>): Partition[] {
  const random = seededRandom(seed);
  return Array.from({ length: 7 }, (_, day) => {
    const slices = Object.fromEntries(
      Object.entries(groups).map(([name, { right, wrong, rows }]): [string, SliceCounts] => {
        const sum = outcomeSums(grid, 'categorical', '1')();
        for (let row = 0; row < rows; row++) {
          const label = random() < 0.5 ? '1' : '0';
          sum.add(random() < (label === '1' ? right : wrong) ? '1' : '0', label, 1);
        }
        return [`group=${name}`, { rows, columns: {}, outcomes: sum.counts() }];
      }),
    );
    return { day: `2024-03-0${day + 1}`, version, ...Object.values(slices).reduce(addSlices), slices };
  });
}

const fair = { right: 0.8, wrong: 0.2, rows: 100 };
const scale = outcomeScale(grid, '1');
function judged(window: readonly Partition[], anchor: readonly Partition[] = []) {
  const outcomeDays = (partitions: readonly Partition[]) =>
    partitions.flatMap(({ day, outcomes }) => (outcomes === undefined ? [] : [{ day, outcomes }]));
  const measures = measureFairness({ policy, dimensions, scale, anchor, window, outcomeDays });
  return assessFairness(policy, measures, { adjusted: measures.map(({ pValue }) => pValue), level: 0.01 });
}
const outcomesOf = (judgements: ReturnType<typeof judged>) =>
  Object.fromEntries(judgements.map(({ subject, outcome }) => [subject, outcome]));

describe('given groups of a hundred rows a day', () => {
  it('when all are treated alike, then all three pass', () => {
    const found = judged(week(1, { a: fair, b: fair, c: fair }));
    expect(outcomesOf(found)).toEqual({ 'parity by group': 'pass', 'opportunity by group': 'pass', 'gap by group': 'pass' });
  });

  it('when one gets fewer yes alike where they are right and wrong, then parity fails, with the figures of the plain count', () => {
    const window = week(2, { a: fair, b: fair, c: { right: 0.5, wrong: 0.02, rows: 100 } });
    const [parity, opportunity] = judged(window, week(3, { a: fair, b: fair, c: fair }));
    expect(parity).toMatchObject({ outcome: 'fail', critical: true, policyPath: '/fairness/parity', threshold: 0.1 });
    const shareOfYes = (name: string) => {
      const tables = window.map(({ slices }) => slices?.[name]?.outcomes?.confusion as number[]);
      const yes = tables.reduce((sum, cells) => sum + (cells[1] as number) + (cells[5] as number), 0);
      return yes / 700;
    };
    const shares = ['group=a', 'group=b', 'group=c'].map(shareOfYes);
    expect(parity?.value).toBeCloseTo(Math.max(...shares) - Math.min(...shares), 12);
    expect(parity?.says).toMatch(/^Demographic parity difference by group: group=[ab] [\d.]+%, group=c [\d.]+%; [\d.]+% apart, [\d.]+% in/);
    expect(opportunity?.outcome).toBe('fail');
  });

  it('when one has as many yes but to the wrong ones, then parity passes, and opportunity and the gap of accuracy fail', () => {
    const found = judged(week(4, { a: fair, b: { right: 0.5, wrong: 0.5, rows: 100 } }));
    expect(outcomesOf(found)).toEqual({ 'parity by group': 'pass', 'opportunity by group': 'fail', 'gap by group': 'fail' });
  });

  it('when a group is small and far apart by chance, then it is not certain and passes', () => {
    const [parity] = judged(week(6, { a: fair, b: { ...fair, rows: 6 } }));
    expect(parity?.outcome).toBe('pass');
    expect(parity?.pValue).toBeGreaterThan(0.01);
  });

  it('when only one group has enough rows, then it is inconclusive and tells no figure of the other', () => {
    const found = judged(week(7, { a: fair, b: { ...fair, rows: 1 } }));
    for (const judgement of found) expect(judgement).toMatchObject({ outcome: 'inconclusive', statistics: {} });
    expect(found[0]?.says).not.toContain('group=b');
  });

  it('when it fails, then it alarms and retrains nothing', () => {
    const signals = judged(week(4, { a: fair, b: { right: 0.5, wrong: 0.5, rows: 100 } }));
    const report = { signals } as unknown as Report;
    expect(worsePerformance([{ digest: 'r'.repeat(64) as Digest, report }], policy)).toEqual([]);
  });
});

it('given the same chances in three groups, when a hundred weeks are judged, then hardly one is told apart', () => {
  const names = ['a', 'b', 'c'];
  const alarms = Array.from({ length: 100 }, (_, run) =>
    judged(week(100 + run, Object.fromEntries(names.map((name) => [name, { ...fair, rows: 20 }])))),
  );
  expect(alarms.flat().filter(({ outcome }) => outcome === 'fail').length).toBeLessThanOrEqual(6);
});
