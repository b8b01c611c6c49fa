import { describe, expect, it } from 'vitest';
import type { ModelName } from '../../domain/identity/names.ts';
import { expand } from '../../domain/policy/standard.ts';
import { validateAgainstColumns } from '../../domain/policy/validate-against-columns.ts';
import { assess } from '../../domain/report/assess.ts';
import { byImportance } from '../../domain/report-page/by-importance.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { checkOf, type Row, policyOf as watched } from '../report/watched-model.ts';
import { madeColumn } from '../report-page/made-page.ts';

const importance = { email: 9, ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`c${at}`, at])), same: 11 };
const policyOf = (columns: Parameters<typeof expand>[0]['columns']) =>
  expand({
    model: 'churn' as ModelName,
    task: { kind: 'classification' },
    sources: { predictions: { from: 'files', glob: '*.csv', id: ['id'], time: 'at', prediction: 'said' } },
    ...(columns && { columns }),
  });

describe('given the importance of columns', () => {
  it('when no critical ones are named, then the ten most important are, those that are left out and those of none not among them', () => {
    const { critical } = policyOf({ importance, ignored: ['email'] }).columns;
    expect(critical).toEqual(['c11', 'same', 'c10', 'c9', 'c8', 'c7', 'c6', 'c5', 'c4', 'c3']);
    expect(policyOf({ importance: { a: 0, b: 1 } }).columns.critical).toEqual(['b']);
  });

  it('when critical ones are named, and be it none, then these are', () => {
    expect(policyOf({ importance, critical: ['c0'] }).columns.critical).toEqual(['c0']);
    expect(policyOf({ importance, critical: [] }).columns.critical).toEqual([]);
  });

  it('when the data lack one of the columns, then it is named once, where it is written', () => {
    const problems = validateAgainstColumns(policyOf({ importance: { tenur: 1, plan: 2 } }), ['id', 'at', 'said', 'plan']);
    expect(problems.map(({ policyPath }) => policyPath)).toEqual(['/columns/importance/tenur']);
  });

  it('when a report is made, then each input tells its share, and the important ones decide', () => {
    const rows = (day: string): Row[] =>
      Array.from({ length: 40 }, (_, at) => ({ day, values: { temp: at % 7, hum: at % 5 }, prediction: at }));
    const days = Array.from({ length: 21 }, (_, at) => rows(`2011-01-${String(at + 1).padStart(2, '0')}`));
    const policy = watched({ columns: { importance: { temp: 3, wind: 1 } } });
    const { signals } = assess(checkOf(days.slice(0, 14).flat(), days.slice(14).flat(), policy));
    const told = signals
      .filter(({ layer }) => layer === 'inputs')
      .map(({ subject, critical, statistics }) => [subject, critical, statistics.importance]);
    expect(told).toEqual([
      ['hum', false, 0],
      ['temp', true, 0.75],
    ]);
  });

  it('when a page is sorted, then by importance × effect, and what decides comes first', () => {
    const column = (name: string, value: number, share: number, critical = false) => ({
      ...madeColumn(0, seededRandom(1)),
      column: name,
      critical,
      effect: { value, threshold: 0.2, unit: 'sigma' },
      statistics: { importance: share },
    });
    const columns = [column('far', 0.9, 0.1), column('near', 0.3, 0.6), column('none', 2, 0), column('critical', 0.1, 0.3, true)];
    expect(byImportance(columns).map((one) => one.column)).toEqual(['critical', 'near', 'far', 'none']);
  });
});
