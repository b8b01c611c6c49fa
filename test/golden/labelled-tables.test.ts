import { afterAll, describe, expect, it } from 'vitest';
import { type CheckReport, check } from '../../library/index.ts';
import { Folder, type Row } from '../check/tables.ts';
import { scikitLearn } from './scikit-learn.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const { regression, binary, classes, days } = scikitLearn;
const at = (row: number) => new Date(Date.UTC(2024, 0, 1 + (days[row] as number))).toISOString();

function policyOf(task: string, predictions: string, metric: string): string {
  return folder.write(
    `${metric}.yaml`,
    `model: golden
task: ${task}
sources:
  predictions: {files: "*.csv", id: id, time: at, ${predictions}}
  outcomes: {files: "outcomes/*.csv", id: id, label: label}
performance: {metric: ${metric}}
`,
  );
}

/** The same rows as baseline and data: only what is measured of them is asked. */
async function dropOf(policy: string, rows: readonly Row[]): Promise<CheckReport['performance'][number] | undefined> {
  const table = folder.csv('rows.csv', rows);
  const report = await check({ baseline: table, data: table, policy });
  return report.performance.find(({ rule }) => rule === 'drop');
}

function compare(found: Readonly<Record<string, number>> = {}, expected: Readonly<Record<string, unknown>>, within = 1e-5): void {
  const told = Object.entries(expected).filter((figure): figure is [string, number] => typeof figure[1] === 'number' && figure[0] in found);
  expect(told.length).toBeGreaterThan(2);
  for (const [name, value] of told)
    expect(Math.abs((found[name] as number) - value), name).toBeLessThan(within * Math.max(1, Math.abs(value)));
}

describe('given rows with their outcomes in one table, when it is checked, then its metrics are those of scikit-learn', () => {
  it('of quantities', async () => {
    const rows = regression.label.map((label, row) => ({ id: row, at: at(row), said: regression.candidate[row] as number, label }));
    const drop = await dropOf(policyOf('regression', 'prediction: said', 'mae'), rows);
    const { absoluteErrorPercentiles, ...expected } = regression.expected.candidate;
    compare(drop?.statistics, expected, 1e-3);
    expect(drop?.value).toBeCloseTo(expected.mae as number, 2);
  });

  it('of two classes with a score', async () => {
    const { prediction, score } = binary.candidate;
    const rows = binary.label.map((label, row) => ({
      id: row,
      at: at(row),
      said: prediction[row] as number,
      p: score[row] as number,
      label,
    }));
    const policy = policyOf('{kind: classification, positive: "1"}', 'prediction: said, score: p', 'rocAuc');
    const drop = await dropOf(policy, rows);
    compare(drop?.statistics, binary.expected.candidate);
    expect(drop?.value).toBeCloseTo(binary.expected.candidate.rocAuc as number, 6);
  });

  it('of several classes, each with a score', async () => {
    const scored = Object.fromEntries(classes.names.map((name) => [`p_${name}`, classes.scores[name] as readonly number[]]));
    const rows = classes.label.map((label, row) => ({
      id: row,
      at: at(row),
      said: classes.prediction[row] as string,
      ...Object.fromEntries(Object.entries(scored).map(([column, values]) => [column, values[row] as number])),
      label,
    }));
    const columns = classes.names.map((name) => `${name}: p_${name}`).join(', ');
    const drop = await dropOf(policyOf('classification', `prediction: said, score: {${columns}}`, 'macroRocAuc'), rows);
    const { macroF1, macroRocAuc, macroPrAuc, logLoss, brier } = classes.expected;
    compare(drop?.statistics, { macroF1, macroRocAuc, macroPrAuc, logLoss, brier });
    for (const [name, value] of Object.entries(classes.expected.rocAuc))
      expect(drop?.statistics[`rocAuc/${name}`], name).toBeCloseTo(value, 5);
  });
});
