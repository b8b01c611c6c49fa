import { describe, expect, it } from 'vitest';
import { assessNotWorse } from '../../domain/gates/not-worse.ts';
import type { ScoredRow } from '../../domain/gates/scored-row.ts';
import { asOf, normals } from '../gates/rows.ts';

const trials = 300;
/** Each side of a 95% interval is to be wrong at most 2.5% of the time; three standard errors of a share of the trials above it. */
const tolerated = 0.025 + 3 * Math.sqrt((0.025 * 0.975) / trials);

/** Rows of days that differ in what is asked and in how hard it is; both versions see the truth through noise of their own. */
function simulated(normal: () => number, days: number, noise: { candidate: number; champion: number }) {
  const rows: Record<'candidate' | 'champion', ScoredRow[]> = { candidate: [], champion: [] };
  for (let day = 1; day <= days; day += 1) {
    const [level, hardness] = [-1 + 0.3 * normal(), Math.exp(0.3 * normal())];
    for (let row = 0; row < 20; row += 1) {
      const truth = level + normal();
      const label = truth + 0.5 * normal() > 0 ? 1 : 0;
      const seen = (size: number) => truth + size * hardness * normal();
      for (const side of ['candidate', 'champion'] as const) {
        const score = seen(noise[side]);
        rows[side].push({
          id: `${day}-${row}`,
          timeMilliseconds: Date.parse(asOf) - day * 86_400_000 + row * 60_000,
          label,
          prediction: score > 0 ? 1 : 0,
          score: Math.round(10 * score),
        });
      }
    }
  }
  return rows;
}

function shareOf(metric: 'rocAuc' | 'f1', days: number, noise: { candidate: number; champion: number }, outcome: 'pass' | 'fail') {
  const normal = normals(days);
  const gate = { gate: 'not-worse', metric, margin: { by: 0, of: 'points' }, recentDays: 60 } as const;
  const found = Array.from({ length: trials }, () => {
    const { candidate, champion } = simulated(normal, days, noise);
    return assessNotWorse(gate, candidate, { rows: champion }, asOf, '', { positive: '1' }).outcome;
  });
  return found.filter((one) => one === outcome).length / trials;
}

describe.each(['rocAuc', 'f1'] as const)('the gate against the champion by %s', (metric) => {
  it.each([8, 12, 40])('given a candidate exactly as good over %d days, when many are judged, then hardly any passes or fails', (days) => {
    expect(shareOf(metric, days, { candidate: 1, champion: 1 }, 'pass')).toBeLessThanOrEqual(tolerated);
    expect(shareOf(metric, days, { candidate: 1, champion: 1 }, 'fail')).toBeLessThanOrEqual(tolerated);
  });

  it('given one with much more noise or much less, when many are judged, then nearly all are found', () => {
    expect(shareOf(metric, 40, { candidate: 2, champion: 0.7 }, 'fail')).toBeGreaterThan(0.9);
    expect(shareOf(metric, 40, { candidate: 0.7, champion: 2 }, 'pass')).toBeGreaterThan(0.9);
  });
});
