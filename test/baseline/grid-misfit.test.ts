import { describe, expect, it } from 'vitest';
import { gridMisfit, outsideGrid } from '../../domain/baseline/grid-misfit.ts';
import type { ColumnSample } from '../../domain/grid/column-sample.ts';
import type { Grid } from '../../domain/grid/grid.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Measure } from '../../domain/policy/measure.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { countDays, gridOf, policyOf, type Row, type Value } from '../report/watched-model.ts';

const start = eventTime('2011-04-01');

function rowsOf(values: (row: number) => Record<string, Value>): Row[] {
  return Array.from({ length: 700 }, (_, row) => ({
    day: plusDays(start, row % 7).slice(0, 10),
    values: values(row),
    prediction: row % 13,
  }));
}

const usual = rowsOf((row) => ({ temp: row % 101, plan: row % 3 === 0 ? 'pro' : 'free' }));
const grid = gridOf(usual);
const baseline = countDays(grid, usual);

const misfit = (window: readonly Row[], more: { policy?: Policy; sample?: readonly ColumnSample[] } = {}) =>
  gridMisfit(more.policy ?? policyOf(), grid, more.sample ?? []) ??
  outsideGrid(more.policy ?? policyOf(), grid, { baseline, window: countDays(grid, window) });

describe('whether a grid still fits', () => {
  it('given rows like those it was cut from, then it does', () => {
    expect(misfit(usual)).toBeUndefined();
  });

  it('given no rows at all, then nothing speaks against it', () => {
    expect(misfit([])).toBeUndefined();
  });

  it('given a ranking by other queries or places than were counted, then it does not', () => {
    const of = (query: string, at: number) => policyOf({ task: { kind: 'ranking', query: [query], at } });
    const ranked = gridOf(usual, [], { query: ['user'], at: 10 });
    expect(gridMisfit(of('user', 10), ranked, [])).toBeUndefined();
    for (const policy of [of('user', 5), of('session', 10), policyOf()]) {
      expect(gridMisfit(policy, ranked, [])).toBe('The task of the policy is another now.');
    }
  });

  it('given a third of the rows in a category without a cell, then it is told', () => {
    const window = rowsOf((row) => ({ temp: row % 101, plan: row % 3 === 0 ? 'solar' : 'free' }));
    expect(misfit(window)).toBe('Of plan 33.4% more than before is outside the grid.');
  });

  it('given a tenth of them there, then that is a matter of quality, not of the grid', () => {
    expect(misfit(rowsOf((row) => ({ temp: row % 101, plan: row % 10 === 0 ? 'solar' : 'free' })))).toBeUndefined();
  });

  it('given a number that left what was seen, and another, then the furthest is named first', () => {
    const window = rowsOf((row) => ({ temp: 500 + row, plan: row % 3 === 0 ? 'solar' : 'free' }));
    expect(misfit(window)).toMatch(/^Of temp 100% more than before is outside the grid, and of 1 other columns over 20%\.$/);
  });

  it('given a column of few values that all are the largest seen, then it fits; one beyond, and it does not', () => {
    const seasons = rowsOf((row) => ({ season: row % 4 }));
    const cut = gridOf(seasons);
    const outside = (season: (row: number) => number) =>
      outsideGrid(policyOf(), cut, {
        baseline: countDays(cut, seasons),
        window: countDays(
          cut,
          rowsOf((row) => ({ season: season(row) })),
        ),
      });
    expect(outside(() => 3)).toBeUndefined();
    expect(outside((row) => 3 + (row % 2))).toMatch(/^Of season 100% more/);
  });

  it('given an ignored column that left it, then nothing is said', () => {
    const policy = policyOf({ columns: { ignored: ['temp'] } });
    expect(
      misfit(
        rowsOf((row) => ({ temp: 500 + row, plan: 'free' })),
        { policy },
      ),
    ).toBeUndefined();
  });

  it('given columns it has no cells for, then they are named, but for those that hold nothing', () => {
    const sample: ColumnSample[] = [
      { name: 'wind', role: 'feature', kind: 'numeric', values: [1, 2] },
      { name: 'empty', role: 'feature', kind: 'categorical', values: [] },
      { name: 'temp', role: 'feature', kind: 'numeric', values: [1] },
    ];
    expect(misfit(usual, { sample })).toBe('New columns: wind.');
  });

  it('given the policy declares another kind, then it is told', () => {
    expect(misfit(usual, { policy: policyOf({ columns: { declared: { temp: 'categorical' } } }) })).toBe(
      'The policy declares another kind of temp.',
    );
    expect(misfit(usual, { policy: policyOf({ columns: { declared: { temp: 'numeric', plan: 'boolean' } } }) })).toBeUndefined();
  });

  it('given the policy declares segments it was cut without, then it is told', () => {
    const policy: Policy = { ...policyOf(), segments: [{ name: 'plan', column: 'plan', parts: [] } as never] };
    expect(misfit(usual, { policy })).toBe('The segments of the policy are others now.');
  });

  it('given the policy declares measures it was cut without, or no longer those it has, then it is told', () => {
    const policy: Policy = { ...policyOf(), measures: [clicks] };
    expect(misfit(usual, { policy })).toBe('The measures of the policy are others now.');
    expect(gridMisfit(policy, { ...grid, measures: [clicks] }, [])).toBeUndefined();
    expect(gridMisfit(policyOf(), { ...grid, measures: [clicks] }, [])).toBe('The measures of the policy are others now.');
    expect(gridMisfit(policy, { ...grid, measures: [{ ...clicks, better: 'lower' }] }, [])).toMatch(/^The measures/);
  });

  it('given the policy names scores by class that it has cells for and does not count, then it is told', () => {
    const others = 'The scores by class of the policy are others now.';
    const counted: Grid = { ...grid, classScores: [{ name: 'free', column: 'temp', edges: [1] }] };
    expect(gridMisfit(scoredBy({ free: 'temp' }), grid, [])).toBe(others);
    expect(gridMisfit(scoredBy({ free: 'temp' }), counted, [])).toBeUndefined();
    expect(gridMisfit(scoredBy({ pro: 'temp' }), counted, [])).toBe(others);
    expect(gridMisfit(policyOf(), counted, [])).toBe(others);
  });

  it('given a score by class whose column is no number of the grid, then it is not asked for again and again', () => {
    expect(gridMisfit(scoredBy({ free: 'plan', pro: 'nowhere' }), grid, [])).toBeUndefined();
  });

  it('given the policy declares another range, or none any more, then it is told', () => {
    const policy = policyOf({ columns: { ranges: { temp: [0, 50] } } });
    expect(misfit(usual, { policy })).toBe('The policy declares another range of temp.');
    const ranged: Grid = { ...grid, columns: grid.columns.map((one) => (one.name === 'temp' ? { ...one, range: [0, 50] } : one)) as never };
    expect(gridMisfit(policy, ranged, [])).toBeUndefined();
    expect(gridMisfit(policyOf(), ranged, [])).toBe('The policy declares another range of temp.');
  });
});

const clicks: Measure = { name: 'clicks', better: 'higher', sum: { in: 'outcomes', column: 'clicks' }, per: 'day' };

function scoredBy(score: Readonly<Record<string, string>>): Policy {
  const predictions = { from: 'files', glob: '*.csv', id: ['id'], time: 'day', prediction: 'said', score } as const;
  return { ...policyOf(), sources: { predictions } };
}
