import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../library/index.ts';
import { orderPolicy, orders } from '../check/labelled-tables.ts';
import { customers, Folder } from '../check/tables.ts';

const root = join(import.meta.dirname, '../..');
const folder = new Folder();
afterAll(() => folder.remove());

const baseline = folder.csv('baseline.csv', customers(1, 2000, { days: 20 }));
const same = folder.csv('same.csv', customers(2, 800, { firstDay: 20, days: 4 }));
const moved = folder.csv('moved.csv', customers(3, 800, { firstDay: 20, days: 4, shift: 0.6 }));

function anchorwatch(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/anchorwatch.ts', 'check', ...args], { cwd: root, encoding: 'utf8' });
}

describe('given two tables and no server', () => {
  it('when nothing moved, then the exit code is 0 and the first line says so', () => {
    const { status, stdout } = anchorwatch('--baseline', baseline, '--data', same);
    expect(stdout).toMatch(/^Steady: nothing moved, of 2 columns\./);
    expect(stdout).toContain('2 columns steady: 1 numeric, 1 categorical.');
    expect(stdout).toContain('at: times');
    expect(status).toBe(0);
  });

  it('when a column moved, then the exit code is 100 and its line tells one effect with its interval', () => {
    const { status, stdout } = anchorwatch('--baseline', baseline, '--data', moved);
    expect(stdout).toMatch(/^Alarm: amount moved/);
    expect(stdout).toMatch(/^ {2}amount \(numeric\): 0\.\d+ sigma \[0\.\d+, 0\.\d+\], alarm at 0\.2, adjusted p = /m);
    expect(status).toBe(100);
  });

  it('when JSON is asked for, then standard output holds nothing else', () => {
    const { status, stdout } = anchorwatch('--baseline', baseline, '--data', moved, '--json');
    const report = JSON.parse(stdout) as CheckReport;
    expect(report).toMatchObject({ schemaVersion: 1, verdict: 'alarm' });
    expect(report.columns[0]).toMatchObject({ column: 'amount', pValueKind: 'independentRows' });
    expect(status).toBe(100);
  });

  it('when JSON is asked for, then it has the members the documentation tells of, and no others', () => {
    const report = JSON.parse(anchorwatch('--baseline', baseline, '--data', moved, '--json').stdout) as CheckReport;
    const told = readFileSync(join(root, 'docs/check.md'), 'utf8').split('| member | |')[1] as string;
    const rows = told.split('\n').filter((line) => line.startsWith('| `'));
    const membersOf = (cell: string) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name as string);
    const members = rows.flatMap((row) => membersOf(row.split('|')[1] as string));
    const always = members.filter((name) => !['segments', 'cause', 'consequence', 'errors'].includes(name));
    expect(Object.keys(report).sort()).toEqual(always.toSorted());

    const ofColumns = membersOf(rows.find((row) => row.startsWith('| `columns`')) as string).slice(1);
    const numbers = report.columns.find(({ column }) => column === 'amount');
    expect(ofColumns.filter((name) => !['missing', 'edges', 'categories', 'inputs', 'predictions'].includes(name)).toSorted()).toEqual(
      Object.keys(numbers ?? {}).toSorted(),
    );
    const effects = ['psi', 'jensenShannonDistance', 'jensenShannonDivergence', 'hellinger', 'lInfinity', 'totalVariation', 'chiSquare'];
    const ofNumbers = ['kolmogorovSmirnov', 'kolmogorovSmirnovErrorBound', 'wasserstein', 'wassersteinInSigmas', 'meanShiftInSigmas'];
    const summary = ['mean', 'standardDeviation', 'smallest', 'largest', 'firstQuartile', 'median', 'thirdQuartile'];
    for (const name of [...effects, ...ofNumbers, ...summary, ...summary.map((figure) => `${figure}InBaseline`)])
      expect(numbers?.statistics[name], name).toEqual(expect.any(Number));
  });

  it('when performance alone fails, then the exit code is 100, as of when labels had matured', () => {
    const policy = folder.write('late.yaml', orderPolicy('', ', maturesAfter: 30d'));
    const past = folder.csv('orders.csv', orders(1, 3000, { days: 30 }));
    const now = folder.csv('returned.csv', orders(2, 2000, { firstDay: 30, days: 10, broken: 0.8 }));
    const tables = ['--baseline', past, '--data', now, '--policy', policy];
    const early = anchorwatch(...tables);
    expect(early.stdout).toMatch(/^Inconclusive: ROC AUC cannot be judged: needs 30 matured rows with outcomes; there are 0\./);
    expect(early.status).toBe(1);
    const late = anchorwatch(...tables, '--as-of', '2024-04-01');
    expect(late.stdout).toMatch(/^Alarm: ROC AUC .* Concept drift: .* Data: nothing moved, of 4 columns\./);
    expect(late.status).toBe(100);
    expect(anchorwatch(...tables, '--as-of', 'later')).toMatchObject({ status: 1, stderr: expect.stringContaining('"later" is no time') });
  });

  it('when it is inconclusive, then the exit code is 1, and 0 where that is allowed', () => {
    const few = folder.csv('few.csv', customers(4, 10));
    expect(anchorwatch('--baseline', baseline, '--data', few).status).toBe(1);
    expect(anchorwatch('--baseline', baseline, '--data', few, '--allow-inconclusive').status).toBe(0);
  });

  it('when the baseline was counted before, then the verdict is the same, and the counts are named where they were written', () => {
    const [kept, root] = [join(folder.path, 'kept/past.json'), join(import.meta.dirname, '../..')];
    const count = (...args: string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', 'scripts/anchorwatch.ts', 'profile', ...args], { cwd: root, encoding: 'utf8' });
    expect(count(baseline, '--output', kept).stdout).toMatch(
      /^Written: \S+kept\/past\.json, the counts of 2000 rows in 3 columns\.\nat holds times/,
    );
    const [byProfile, byFile] = [kept, baseline].map((from) => anchorwatch('--baseline', from, '--data', moved));
    expect(byProfile).toMatchObject({ status: 100, stdout: byFile?.stdout });
    expect(count(baseline, '--output', 'past.parquet')).toMatchObject({ status: 1, stderr: expect.stringContaining('must end in .json') });
  });

  it('when a file is not there, or one is not named, then the error says what to do, without a trace, and the exit code is 1', () => {
    const gone = anchorwatch('--baseline', baseline, '--data', join(folder.path, 'gone.csv'), '--allow-inconclusive');
    expect(gone).toMatchObject({ status: 1, stdout: '' });
    expect(gone.stderr).toMatch(/^\S+gone\.csv does not exist\.\n\(--verbose/);
    const half = anchorwatch('--baseline', baseline);
    expect(half.status).toBe(1);
    expect(half.stderr).toContain('both --baseline and --data');
    expect(half.stderr).not.toMatch(/^ +at /m);
  });
});
