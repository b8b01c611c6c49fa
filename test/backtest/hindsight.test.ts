import { describe, expect, it } from 'vitest';
import { hindsightOf } from '../../domain/backtest/hindsight.ts';
import type { Version } from '../../domain/identity/names.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { normals } from '../gates/rows.ts';
import { daysOf, scale } from '../performance/outcome-days.ts';
import { policyOf } from '../report/watched-model.ts';
import { looksOf, week } from './looks.ts';

const policy = policyOf({ performance: { drop: { by: 0.03, of: 'relative' } } });
const first = week(-4);
const weeks = 13;

/** Four weeks of baseline and nine since, a mean error that wanders by 3% from day to day, times what a week since the baseline makes of it. */
function daysWith(factor: (week: number) => number): Partition[] {
  const normal = normals(3);
  const errors = Array.from({ length: 7 * weeks }, (_, day) => 30 * factor(Math.floor(day / 7) - 4) * (1 + 0.03 * normal()));
  return daysOf(first, errors).map(({ day, outcomes }) => ({ day, version: '1' as Version, rows: 100, columns: {}, outcomes }));
}

function seenOf(factor: (week: number) => number, maturedTo = week(9)) {
  const days = daysWith(factor);
  const anchor = days.filter(({ day }) => day < week(0).slice(0, 10));
  return hindsightOf(policy, looksOf('.'.repeat(10)).slice(1), { anchor, days, scale, maturedTo });
}

describe('given four weeks of baseline and nine since', () => {
  it('when an error grows by 4% in the last week, then the steady weeks before it show that this is no chance', () => {
    const seen = seenOf((at) => (at === 8 ? 1.04 : 1));
    expect(seen.map(({ is }) => is)).toEqual([...new Array(8).fill('steady'), 'degraded']);
    expect(seen.at(-1)?.pValue).toBeLessThan(0.05);
  });

  it('when labels of the last week have not matured, then nothing is known of it', () => {
    expect(seenOf(() => 1, week(8)).at(-1)).toMatchObject({ is: 'unknown', missing: 'labels that have matured' });
  });
});
