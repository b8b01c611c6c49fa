import { describe, expect, it } from 'vitest';
import { chiSquare } from '../../domain/statistics/chi-square.ts';
import { jensenShannon } from '../../domain/statistics/jensen-shannon.ts';
import { kolmogorovSmirnov } from '../../domain/statistics/kolmogorov-smirnov.ts';
import { populationStabilityIndex } from '../../domain/statistics/population-stability-index.ts';
import { wasserstein } from '../../domain/statistics/wasserstein.ts';
import { onCells } from './on-cells.ts';
import { countBoth, type Vector, vectors } from './vectors.ts';

const peers = {
  scipy: vectors('scipy_reference'),
  evidently: vectors('evidently_stattests'),
  frouros: vectors('frouros_distances'),
  nannyml: vectors('nannyml_univariate'),
  tfdv: vectors('tfdv_js_linf'),
};

function one(peer: keyof typeof peers, id: string): Vector {
  const found = peers[peer]?.find((vector) => vector.id === id);
  if (found === undefined) throw new Error(`no vector ${id} of ${peer}`);
  return found;
}

function wassersteinOf(u: number[], v: number[], weights: (number[] | null)[] = []): number {
  const { edges, cells } = onCells([u, v], weights);
  const [a, b] = cells as [(typeof cells)[0], (typeof cells)[0]];
  return wasserstein(a, b, edges) as number;
}

describe.skipIf(peers.scipy === undefined)('vectors of peers (skipped where the shared data are absent)', () => {
  it("given scipy's Wasserstein cases, when each value has its own cell, then the distance is scipy's", () => {
    const cases = peers.scipy?.filter(({ fn }) => fn.includes('Wasserstein')) ?? [];
    expect(cases).toHaveLength(10);
    for (const { input, expected, id } of cases) {
      expect(wassersteinOf(input.u, input.v, [input.u_weights, input.v_weights]), id).toBeCloseTo(expected, 8);
    }
  });

  it("given scipy's two-sided KS cases, when each value has its own cell, then the distance is scipy's", () => {
    const cases = peers.scipy?.filter(({ fn, input }) => fn === 'two-sample KS' && input.alternative === 'two-sided') ?? [];
    expect(cases.length).toBeGreaterThan(5);
    for (const { input, expected, id } of cases) {
      const [x, y] = onCells([input.x, input.y]).cells;
      expect(kolmogorovSmirnov(x?.cells ?? [], y?.cells ?? [])?.distance, id).toBeCloseTo(expected.statistic, 12);
    }
  });

  it("given Evidently's PSI with an empty category, then it is equal: we share the floor of 1e-4", () => {
    const { input, expected } = one('evidently', 'psi_cat_zero_share');
    const [p, q] = countBoth(input.reference, input.current);
    expect(Math.abs((populationStabilityIndex(p, q) as number) - expected)).toBeLessThan(0.01);
  });

  it("given Evidently's chi-square, then ours is larger in p: theirs takes the reference as known, ours as a sample", () => {
    const { input, expected } = one('evidently', 'chi2_p_scaled_ref');
    expect(chiSquare(input.reference_counts, input.current_counts)?.pValue as number).toBeGreaterThan(expected);
  });

  it("given frouros' contingency chi-square, then statistic and p are equal", () => {
    const { input, expected } = one('frouros', 'chi2_cat');
    const tested = chiSquare(...countBoth(input.reference, input.current));
    expect(tested?.statistic).toBeCloseTo(expected.statistic, 7);
    expect(tested?.pValue).toBeCloseTo(expected.p, 7);
  });

  it("given frouros' PSI of equal distributions, then it is equal: no cell of theirs is empty", () => {
    const { input, expected } = one('frouros', 'psi_same');
    expect(populationStabilityIndex(...equalWidth(input.reference, input.current))).toBeCloseTo(expected, 6);
  });

  it("given frouros' PSI of far distributions, then ours is smaller: their floor of empty cells is 2e-308, ours 1e-4", () => {
    const { input, expected } = one('frouros', 'psi_far');
    const ours = populationStabilityIndex(...equalWidth(input.reference, input.current)) as number;
    expect(ours).toBeGreaterThan(3);
    expect(ours).toBeLessThan(expected / 10);
  });

  it("given frouros' Wasserstein of two samples of 100, then it is equal", () => {
    const { input, expected } = one('frouros', 'wasserstein_far');
    expect(wassersteinOf(input.reference, input.current)).toBeCloseTo(expected, 7);
  });

  it("given NannyML's categories, then the base-2 distance is equal to its two places", () => {
    const { input, expected } = one('nannyml', 'js_categorical');
    expect(Math.abs((jensenShannon(...countBoth(input.reference, input.current))?.distance as number) - expected)).toBeLessThan(0.0051);
  });

  it("given TFDV's aligned shares, then the base-2 divergence is equal: TFDV states the divergence, NannyML the distance", () => {
    const { input, expected } = one('tfdv', 'js_div_rebucket');
    expect(jensenShannon(input.aligned_p, input.aligned_q)?.divergence).toBeCloseTo(expected, 10);
  });
});

/** Ten cells of equal width over the joint range, as frouros counts. */
function equalWidth(reference: readonly number[], current: readonly number[]): [number[], number[]] {
  const all = [...reference, ...current];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const count = (sample: readonly number[]) => {
    const cells = new Array<number>(10).fill(0);
    for (const value of sample) {
      const cell = Math.min(9, Math.floor(((value - low) / (high - low)) * 10));
      cells[cell] = (cells[cell] as number) + 1;
    }
    return cells;
  };
  return [count(reference), count(current)];
}
