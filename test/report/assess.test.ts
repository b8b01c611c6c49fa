import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { Version } from '../../domain/identity/names.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import type { Trigger } from '../../domain/policy/policy.ts';
import { assess } from '../../domain/report/assess.ts';
import type { Report } from '../../domain/report/report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, policyOf, type Row } from './watched-model.ts';

interface World {
  readonly warmer?: number;
  readonly worse?: number;
  readonly nulls?: number;
  readonly fog?: number;
}

/** Days of a model whose days differ a little; `world` says what is not as it was. */
function rowsOf(seed: number, firstDay: number, days: number, rowsADay: number, world: World = {}): Row[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.UTC(2011, 0, 1 + firstDay + index)).toISOString().slice(0, 10);
    const mood = 0.1 * normal();
    return Array.from({ length: rowsADay }, () => {
      const hum = random() < (world.nulls ?? 0.01) ? null : 60 + 10 * normal();
      const weather = random() < (world.fog ?? 0) ? 'fog' : random() < 0.7 ? 'clear' : 'rain';
      const prediction = 100 + 20 * normal();
      const values = { temp: 15 + 5 * (mood + normal() + (world.warmer ?? 0)), hum, weather, constant: 1 };
      return { day, values, prediction, label: prediction + (world.worse ?? 1) * 30 * normal() };
    });
  }).flat();
}

const past = rowsOf(1, 0, 84, 60);
const window = (world: World = {}, rowsADay = 60) => rowsOf(2, 84, 7, rowsADay, world);
const signal = (report: Report, subject: string, statistic?: string) =>
  report.signals.find((one) => one.subject === subject && (statistic === undefined || one.statistic === statistic));

describe('given twelve stable weeks', () => {
  it('when the next week is like them, then the report passes in green and says so with numbers', () => {
    const report = assess(checkOf(past, window()));
    expect(report).toMatchObject({ outcome: 'pass', severity: 'green', blocks: { unit: 'window', count: 12 } });
    expect(report.falseAlarmLevel).toBeCloseTo(1 / 90, 12);
    expect(report.says[0]).toMatch(/^Mean error 2\d(\.\d)?, anchor 2\d(\.\d)?: [+-][\d.]+% \(alarm at 25%\), p = /);
    expect(report.says[1]).toMatch(/^Nothing moved beyond its past/);
  });

  it('when the error doubles, then performance fails the report, and says by how much', () => {
    const report = assess(checkOf(past, window({ worse: 2 })));
    expect(report).toMatchObject({ outcome: 'fail', severity: 'red' });
    const drop = signal(report, 'mae', 'drop');
    expect(drop).toMatchObject({ outcome: 'fail', policyPath: '/performance/drop', pValueKind: 'blocks' });
    expect(drop?.threshold).toBeCloseTo((drop?.reference as number) * 1.25, 9);
    expect(drop?.statistics.relativeChange).toBeGreaterThan(0.7);
    expect(drop?.interval?.[0]).toBeGreaterThan(drop?.reference as number);
    expect(signal(report, 'mae', 'sudden')?.outcome).toBe('fail');
    expect(report.says[0]).toContain('(alarm at 25%)');
  });

  it('when the policy has a hard limit, then the value alone is held against it', () => {
    const limit = (floor: number) => policyOf({ performance: { drop: { by: 0.25, of: 'relative' }, floor } });
    expect(signal(assess(checkOf(past, window(), limit(15))), 'mae', 'floor')).toMatchObject({ outcome: 'fail', threshold: 15 });
    expect(signal(assess(checkOf(past, window(), limit(40))), 'mae', 'floor')?.outcome).toBe('pass');
  });

  it('when the error halves, then that is no alarm', () => {
    expect(assess(checkOf(past, window({ worse: 0.5 }))).outcome).toBe('pass');
  });

  it('when a column moves that is not critical, then it explains: yellow, and the report passes', () => {
    const report = assess(checkOf(past, window({ warmer: 1 })));
    expect(signal(report, 'temp')).toMatchObject({ outcome: 'fail', severity: 'yellow', critical: false });
    expect(signal(report, 'temp')?.statistics.meanShiftInSigmas).toBeCloseTo(1, 0);
    expect(signal(report, 'temp')?.interval?.[0]).toBeGreaterThan(signal(report, 'temp')?.threshold as number);
    expect(signal(report, 'temp')?.says).toMatch(
      /^temp moved [\d.]+ (sigma|KS distance) \[[\d.]+ to [\d.]+\] \(alarm at 0\.[12]\), adjusted p = /,
    );
    expect(report).toMatchObject({ outcome: 'pass', severity: 'yellow' });
    expect(report.says[1]).toMatch(/^temp moved [\d.]+ (sigma|KS|PSI|JS); critical columns: none\.$/);
  });

  it('when the same column is critical, then it fails the report', () => {
    const report = assess(checkOf(past, window({ warmer: 1 }), policyOf({ columns: { critical: ['temp'] } })));
    expect(report).toMatchObject({ outcome: 'fail', severity: 'red' });
    expect(report.says[1]).toContain('critical columns: temp');
  });

  it('when a fifth of the values goes missing, then quality fails with both shares', () => {
    const report = assess(checkOf(past, window({ nulls: 0.2 })));
    expect(signal(report, 'hum', 'nulls')).toMatchObject({ layer: 'quality', outcome: 'fail', policyPath: '/watch/effects/nullPoints' });
    expect(signal(report, 'hum', 'nulls')?.statistics.shareInBaseline).toBeCloseTo(0.01, 2);
    expect(report.outcome).toBe('fail');
  });

  it('when a category comes up that never was, then quality fails', () => {
    const report = assess(checkOf(past, window({ fog: 0.15 })));
    expect(signal(report, 'weather', 'unseen')).toMatchObject({ outcome: 'fail', policyPath: '/watch/effects/newCategoryShare' });
  });

  it('when a column that was constant takes another value, then it is seen and every number is finite', () => {
    const changed = window().map((row) => ({ ...row, values: { ...row.values, constant: 2 } }));
    const report = assess(checkOf(past, changed));
    expect(signal(report, 'constant')?.outcome).toBe('fail');
    expect(() => canonicalJson(report)).not.toThrow();
  });
});

describe('given an error that is worse than two thirds of its limit and not by all of it', () => {
  const weekOf = (worse: number, drop: number) => {
    const rows = rowsOf(4, 84, 7, 60, { worse });
    const performance = { drop: { by: drop, of: 'relative' }, sudden: { by: 1, of: 'relative' } } as const;
    return assess(checkOf(past, rows, policyOf({ performance })));
  };
  const drop = (report: ReturnType<typeof weekOf>) => signal(report, 'mae', 'drop');

  it('when it is no chance, then the report passes and is yellow, and says so', () => {
    const report = weekOf(1.3, 0.3);
    expect(drop(report)).toMatchObject({ outcome: 'pass', severity: 'yellow', slipping: true });
    expect(report).toMatchObject({ outcome: 'pass', severity: 'yellow' });
    expect(report.urgency).toBeUndefined();
    expect(report.says[0]).toMatch(
      /^Mean error [\d.]+, anchor [\d.]+: \+[\d.]+% \(alarm at 30%\), under the alarm but no chance, p = [\de.-]+\./,
    );
  });

  it('when it is worse by all of it, then that is the alarm; by less than two thirds, then nothing', () => {
    expect(drop(weekOf(1.3, 0.2))).toMatchObject({ outcome: 'fail', severity: 'red' });
    expect(drop(weekOf(1.3, 0.2))).not.toHaveProperty('slipping');
    expect(drop(weekOf(1.3, 0.4))).toMatchObject({ outcome: 'pass', severity: 'green' });
    expect(weekOf(1.3, 0.4).severity).toBe('green');
  });

  it('when it may be chance, then it is green', () => {
    const report = weekOf(1.12, 0.06);
    expect(drop(report)).toMatchObject({ outcome: 'pass', severity: 'green' });
    expect(drop(report)?.statistics.relativeChange as number).toBeGreaterThan(0.04);
    expect(report.severity).toBe('green');
  });
});

describe('given an error that has crept up by a tenth, under a drop of 5%', () => {
  const crept = [...rowsOf(3, 84, 21, 60), ...rowsOf(4, 105, 42, 60, { worse: 1.1 })];
  const [earlier, newest] = [crept.slice(0, -7 * 60), crept.slice(-7 * 60)];
  const performance = { drop: { by: 0.05, of: 'relative' }, sudden: { by: 0.5, of: 'relative' } } as const;
  const judged = (triggers?: readonly Trigger[]) =>
    assess(checkOf(past, newest, policyOf({ performance, ...(triggers && { retrain: { triggers } }) }), earlier));

  it('when the policy does not name it, then the change warns: yellow, and the report passes', () => {
    const report = judged();
    expect(signal(report, 'mae', 'change')).toMatchObject({ outcome: 'fail', severity: 'yellow', critical: false });
    expect(report).toMatchObject({ outcome: 'pass', severity: 'yellow' });
    expect(report.says[0]).toMatch(/evidence for a change [\d,]+ \(alarm at 720\), told on 2011-0\d-\d\d\.$/);
  });

  it('when the policy retrains on it, then it fails the report, and the drop has half the level left', () => {
    const report = judged([{ on: 'performance' }, { on: 'change' }]);
    expect(signal(report, 'mae', 'change')).toMatchObject({ outcome: 'fail', severity: 'red', critical: true });
    expect(report).toMatchObject({ outcome: 'fail', severity: 'red' });
  });

  it('when the policy retrains on the trend, then its p-value joins those of drop and sudden', () => {
    const [alone, together] = [judged(), judged([{ on: 'performance' }, { on: 'trend' }])].map((report) => signal(report, 'mae', 'trend'));
    expect(alone?.adjustedPValue).toBe(alone?.pValue);
    expect(together?.adjustedPValue as number).toBeGreaterThan(together?.pValue as number);
    expect(together?.critical).toBe(true);
  });
});

it('given thirteen weeks since the baseline, when they are judged, then the change detector has begun anew, the trend goes on, and sudden has the newest weeks as its reference', () => {
  const since = rowsOf(8, 84, 91, 40, { worse: 0.9 });
  const report = assess(checkOf(past, since.slice(-7 * 40), policyOf(), since.slice(0, -7 * 40)));
  expect(signal(report, 'mae', 'change')?.statistics).toMatchObject({ daysInBaseline: 84, days: 7 });
  expect(signal(report, 'mae', 'trend')?.statistics.weeks).toBe(25);
  expect((signal(report, 'mae', 'sudden')?.reference as number) / (signal(report, 'mae', 'drop')?.reference as number)).toBeCloseTo(0.9, 1);
});

describe('given too little', () => {
  it('when only 28 days are known, then single days serve and the error that doubled is still found', () => {
    const report = assess(checkOf(rowsOf(1, 56, 28, 60), window({ worse: 2 })));
    expect(report.blocks).toEqual({ unit: 'day', count: 28 });
    expect(signal(report, 'mae', 'drop')).toMatchObject({ outcome: 'fail', pValueKind: 'days' });
  });

  it('when only ten days are known, then nothing passes and the report says what is missing', () => {
    const report = assess(checkOf(rowsOf(1, 74, 10, 60), window()));
    expect(report).toMatchObject({ outcome: 'inconclusive', blocks: { unit: 'none', count: 0 } });
    expect(signal(report, 'mae', 'drop')?.missing).toContain('14 days of baseline');
  });

  it('when the baseline itself warms week by week, then a warmer window cannot be judged, and the report says why', () => {
    const warming = Array.from({ length: 12 }, (_, week) => rowsOf(50 + week, 7 * week, 7, 60, { warmer: week / 4 })).flat();
    const report = assess(checkOf(warming, window({ warmer: 4 })));
    expect(signal(report, 'temp')).toMatchObject({ outcome: 'inconclusive', critical: false });
    expect(signal(report, 'temp')?.missing).toContain('a baseline without a trend of its own');
    expect(report.outcome).toBe('pass');
  });

  it('when all values go missing, then that needs no test: it fails also without enough days', () => {
    const report = assess(checkOf(rowsOf(1, 74, 10, 60), window({ nulls: 1 })));
    expect(signal(report, 'hum', 'nulls')?.outcome).toBe('fail');
  });

  it('when only ten days are known and the policy takes rows as independent, then columns are tested so, and it is said', () => {
    const judged = (world: World) => assess(checkOf(rowsOf(1, 74, 10, 60), window(world), policyOf({ watch: { independentRows: true } })));
    const report = judged({ warmer: 1 });
    expect(signal(report, 'temp')).toMatchObject({ outcome: 'fail', pValueKind: 'independentRows' });
    expect(report.signals.filter(({ layer }) => layer === 'quality').every(({ outcome }) => outcome !== 'inconclusive')).toBe(true);
    expect(report.says[1]).toContain('rows were taken as independent (watch.independentRows)');
    expect(signal(judged({}), 'temp')?.outcome).toBe('pass');
  });

  it('when enough days are known, then rows are not taken as independent, whatever the policy allows', () => {
    const report = assess(checkOf(rowsOf(1, 56, 28, 60), window(), policyOf({ watch: { independentRows: true } })));
    expect(signal(report, 'temp')?.pValueKind).toBe('days');
    expect(report.says[1]).not.toContain('independent');
  });

  it('when there is no baseline, then the report is inconclusive', () => {
    const { baseline: _, ...input } = checkOf(past, window());
    const report = assess(input);
    expect(report.outcome).toBe('inconclusive');
    expect(report).not.toHaveProperty('baseline');
  });

  it('when another version predicted than in the baseline, then that is said, and how to have one of it', () => {
    const input = checkOf(past, window());
    const mine = (days: readonly Partition[]) => days.map((day) => ({ ...day, version: '4' as Version }));
    const windowDays = { ...input.windowDays, inputs: mine(input.windowDays.inputs), matured: mine(input.windowDays.matured) };
    const report = assess({ ...input, version: '4' as Version, windowDays });
    expect(report.outcome).toBe('inconclusive');
    expect(report.says[1]).toContain(' The baseline has no day of version 4: anchorwatch baseline bike-demand --since DAY takes another.');
  });

  it('when the window has no rows, then the report is inconclusive and says so', () => {
    const report = assess(checkOf(past, []));
    expect(report).toMatchObject({ outcome: 'inconclusive', severity: 'yellow', window: { rows: 0 } });
    expect(report.says[1]).toMatch(/^No rows from /);
  });

  it('when fewer than 30 outcomes have matured, then performance is inconclusive however bad they are', () => {
    const input = checkOf(past, window({ worse: 9 }));
    const few = input.windowDays.matured.slice(-1).map((day) => ({ ...day, outcomes: { ...day.outcomes, matched: 20 } }));
    const report = assess({ ...input, windowDays: { ...input.windowDays, matured: few } });
    expect(signal(report, 'mae', 'drop')?.missing).toBe('30 matured rows with outcomes; there are 20');
    expect(report.outcome).toBe('inconclusive');
  });

  it('when the policy names no outcomes, then inputs and predictions alone decide', () => {
    const policy = policyOf();
    const { outcomes: _, ...sources } = policy.sources;
    const report = assess(checkOf(past, window({ worse: 9 }), { ...policy, sources }));
    expect(report.outcome).toBe('pass');
    expect(report.says[0]).toBe('No outcomes are given, so performance is not watched.');
  });
});

describe('given the same records', () => {
  it('when their days come in another order, then the report is the same to the byte', () => {
    const input = checkOf(past, window({ warmer: 0.5 }));
    const turned = {
      ...input,
      ...(input.baseline && { baseline: { ...input.baseline, days: input.baseline.days.toReversed() } }),
      windowDays: { ...input.windowDays, inputs: input.windowDays.inputs.toReversed(), matured: input.windowDays.matured.toReversed() },
    };
    expect(canonicalJson(assess(turned))).toBe(canonicalJson(assess(input)));
  });

  it('when wrong outcomes come with their corrections, then they change nothing', () => {
    const input = checkOf(past, window());
    const [first] = input.windowDays.matured as [Partition];
    const outcomes = { matched: 60, absoluteError: '99999999', squaredError: '999999999999', signedError: '5' };
    const undone = { matched: -60, absoluteError: '-99999999', squaredError: '-999999999999', signedError: '-5' };
    const corrected = [outcomes, undone].map((counts) => ({ ...first, rows: 0, columns: {}, outcomes: counts }));
    const report = assess({ ...input, windowDays: { ...input.windowDays, matured: [...input.windowDays.matured, ...corrected] } });
    expect(canonicalJson(report)).toBe(canonicalJson(assess(input)));
  });

  it('when another version served beside, then its predictions and errors are not held against this one', () => {
    const input = checkOf(past, window());
    const other = checkOf(past, window({ worse: 9 })).windowDays.matured.map((day) => ({ ...day, version: '4' as typeof day.version }));
    const report = assess({ ...input, windowDays: { ...input.windowDays, matured: [...input.windowDays.matured, ...other] } });
    expect(signal(report, 'mae', 'drop')).toEqual(signal(assess(input), 'mae', 'drop'));
  });
});
