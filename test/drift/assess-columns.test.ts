import { describe, expect, it } from 'vitest';
import { assessColumns } from '../../domain/drift/assess-columns.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { assess } from '../../domain/report/assess.ts';
import type { AssessmentInput } from '../../domain/report/assessment-input.ts';
import { checkOf, policyOf, type Row } from '../report/watched-model.ts';

const start = eventTime('2011-01-01');

/** Fifty rows a day; `temp` is null in the rows that are said so. */
const days = (from: number, count: number, isNull: (row: number) => boolean = () => false): Row[] =>
  Array.from({ length: count * 50 }, (_, row) => ({
    day: plusDays(start, from + Math.floor(row / 50)).slice(0, 10),
    values: { temp: isNull(row) ? null : row % 17, hum: row % 5 },
    prediction: row % 10,
    label: row % 10,
  }));

/** Of the window's days the first so many are from files with other columns. */
function check(first: number, more: Partial<Partition>, policy = policyOf(), baseline: Row[] = days(0, 84)): AssessmentInput {
  const rows = days(84, 7, (row) => 'missingColumns' in more && row < first * 50);
  const input = checkOf(baseline, rows, policy);
  const inputs = input.windowDays.inputs.map((day, at) => (at < first ? { ...day, ...more } : day));
  return { ...input, windowDays: { ...input.windowDays, inputs } };
}
const critical = policyOf({ columns: { critical: ['temp'] } });

describe('given files whose columns are those of the grid', () => {
  it('when they are checked, then nothing is said of columns', () => {
    expect(assessColumns(check(0, {}))).toEqual([]);
  });
});

describe('given a column that a day of files lacks', () => {
  const missing = { missingColumns: { temp: 50 } };

  it('when it is critical, then that fails, without a test', () => {
    const report = assess(check(1, missing, critical));
    expect(report.signals.find(({ statistic }) => statistic === 'missingColumn')).toMatchObject({
      layer: 'quality',
      subject: 'temp',
      outcome: 'fail',
      critical: true,
      threshold: 0.05,
      policyPath: '/watch/effects/nullPoints',
      says: "temp: a missing column; 14.3% of rows are in files without it, 0% of the baseline's have no value (alarm at 5% more).",
    });
    expect(report.outcome).toBe('fail');
    expect(report.says[1]).toContain('missing column temp (14.3% of rows)');
  });

  it('when it is not critical, then it fails as a warning, and it is its missing values that count', () => {
    const signals = assess(check(1, missing)).signals;
    expect(signals.find(({ statistic }) => statistic === 'missingColumn')).toMatchObject({ outcome: 'fail', urgency: { priority: 'P3' } });
    expect(signals.find(({ statistic, subject }) => statistic === 'nulls' && subject === 'temp')).toMatchObject({ outcome: 'fail' });
  });

  it('when it is under the threshold, or as often without a value in the baseline, then it passes', () => {
    const wide = policyOf({ watch: { effects: { nullPoints: 0.2 } } });
    expect(assessColumns(check(1, missing, wide))).toMatchObject([{ outcome: 'pass' }]);
    const sparse = days(0, 84, (row) => row % 4 === 0);
    expect(assessColumns(check(1, missing, critical, sparse))).toMatchObject([{ outcome: 'pass', statistics: { shareInBaseline: 0.25 } }]);
  });

  it('when it is ignored, then nothing is said', () => {
    expect(assessColumns(check(1, missing, policyOf({ columns: { ignored: ['temp'] } })))).toEqual([]);
  });

  it('when the window has too few rows, then it is inconclusive', () => {
    const input = check(1, { missingColumns: { temp: 20 }, rows: 20 });
    const few = { ...input, windowDays: { ...input.windowDays, inputs: input.windowDays.inputs.slice(0, 1) } };
    expect(assessColumns(few)).toMatchObject([{ outcome: 'inconclusive', missing: '30 rows in the window; there are 20' }]);
  });
});

describe('given a column that the grid does not know', () => {
  it('when files have it, then it is told and never fails', () => {
    const report = assess(check(7, { newColumns: { wind: 50 } }));
    expect(report.signals.find(({ statistic }) => statistic === 'newColumn')).toMatchObject({
      subject: 'wind',
      outcome: 'pass',
      severity: 'green',
      value: 1,
      says: 'wind: a new column, in the files of 100% of rows; it is not watched before the grid is cut anew.',
    });
  });

  it('when there are many, then the twenty of most rows are told, and how many there are', () => {
    const newColumns = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`c${at}`, 1 + at]));
    const told = assessColumns(check(1, { newColumns }));
    expect(told).toHaveLength(20);
    expect(told[0]).toMatchObject({ subject: 'c29', statistics: { newColumns: 30 } });
  });

  it('when the baseline is provisional, or none, then nothing is said', () => {
    const input = check(7, { newColumns: { wind: 50 } });
    const { baseline, ...without } = input;
    expect(assessColumns(without)).toEqual([]);
    if (baseline === undefined) throw new Error('there is a baseline');
    expect(assessColumns({ ...input, baseline: { ...baseline, body: { ...baseline.body, from: 'held-out' } } })).toEqual([]);
  });

  it('when nothing else could be judged, then it is not what lets a report pass', () => {
    const input = check(7, { newColumns: { wind: 50 } });
    const bare = { ...input.grid, columns: [] };
    const window = input.windowDays.inputs.map((day) => ({ ...day, columns: {}, outcomes: undefined as never }));
    expect(assess({ ...input, grid: bare, windowDays: { inputs: window, matured: [], earlier: [] } }).outcome).toBe('inconclusive');
  });
});
