import { describe, expect, it } from 'vitest';
import { assessMinimum } from '../../domain/gates/minimum.ts';
import { assessNotWorse } from '../../domain/gates/not-worse.ts';
import { pairRows } from '../../domain/gates/paired-days.ts';
import type { ScoredRow } from '../../domain/gates/scored-row.ts';
import { ndcg } from '../../domain/performance/metrics/ndcg.ts';
import { asOf, normals } from './rows.ts';

const items = 10;

/** Queries of ten items, so many a day; `skill` is how well scores know relevance. */
function ranked(seed: number, skill: number, { days = 20, queries = 6 } = {}): ScoredRow[] {
  const [taste, noise] = [normals(7), normals(seed)];
  const first = Date.parse('2011-05-09T00:00:00Z') - days * 86_400_000;
  return Array.from({ length: days * queries * items }, (_, row) => {
    const query = Math.floor(row / items);
    const liking = taste();
    return {
      id: `r${String(row).padStart(6, '0')}`,
      query: `q${query}`,
      timeMilliseconds: first + Math.floor(query / queries) * 86_400_000,
      label: liking > 1 ? 2 : liking > 0.3 ? 1 : 0,
      prediction: skill * liking + noise(),
    };
  });
}

const gate = { gate: 'not-worse', metric: 'ndcg', margin: { by: 0.03, of: 'relative' }, recentDays: 28 } as const;
const compared = (candidate: readonly ScoredRow[], champion: readonly ScoredRow[], metric: 'ndcg' | 'averagePrecision' = 'ndcg') =>
  assessNotWorse({ ...gate, metric }, candidate, { rows: champion }, asOf, '', { at: 5 });

describe('gates of rankings', () => {
  it.each(['ndcg', 'averagePrecision'] as const)(
    'given a candidate that orders as well, better or worse, when it is compared by %s, then that is told',
    (metric) => {
      const champion = ranked(1, 1);
      expect(compared(ranked(2, 3), champion, metric)).toMatchObject({ outcome: 'pass' });
      expect(compared(ranked(1, 1), champion, metric)).toMatchObject({ outcome: 'pass', difference: 0 });
      expect(compared(ranked(2, 0.2), champion, metric)).toMatchObject({ outcome: 'fail' });
    },
  );

  it('given a minimum, when it is asked, then the mean over queries decides, at the places of the task', () => {
    const rows = ranked(1, 1);
    const values = Array.from({ length: rows.length / items }, (_, query) => {
      const own = rows.slice(query * items, (query + 1) * items);
      return ndcg(
        own.map(({ prediction, label }) => ({ score: Number(prediction), relevance: Number(label) })),
        5,
      );
    }).flatMap((value) => value ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const at = (value: number) => assessMinimum({ gate: 'minimum', metric: 'ndcg', value }, rows, '/gates/0', { at: 5 });
    expect(at(mean - 0.001)).toMatchObject({ outcome: 'pass', candidate: expect.closeTo(mean, 5) });
    expect(at(mean + 0.001)).toMatchObject({ outcome: 'fail' });
  });

  it('given fewer than fifty queries, when they are judged, then it is inconclusive, however many rows there are', () => {
    const few = ranked(1, 1, { queries: 2 });
    expect(assessMinimum({ gate: 'minimum', metric: 'ndcg', value: 0.1 }, few, '', {})).toMatchObject({ outcome: 'inconclusive' });
    expect(compared(few, few)).toMatchObject({
      outcome: 'inconclusive',
      missing: expect.stringMatching(/^\d+ more queries with a relevant item$/),
    });
    const nameless = ranked(1, 1).map(({ query: _, ...row }) => row);
    expect(compared(nameless, nameless).outcome).toBe('inconclusive');
  });

  it('given a query over midnight, when rows are paired, then all its rows are of its first day', () => {
    const rows = ranked(1, 1, { days: 1, queries: 1 }).map((row, place) => ({
      ...row,
      timeMilliseconds: row.timeMilliseconds + place * 4 * 3_600_000,
    }));
    expect(pairRows('ndcg', rows, rows).map(({ day, candidate }) => [day, candidate.length])).toEqual([['2011-05-08', items]]);
  });
});
